/// How a repository says that some of its tests are run again: an entry under `rerun:` of its configuration.
package struct RerunRule: Sendable, Equatable {
  /// The tests that are meant, a pattern of their names; nil for all.
  package var tests: String?
  /// The framework whose own arguments follow the command; nil where the command holds placeholders.
  package var framework: String?
  /// The argument vector, or its beginning where a framework is named.
  package var command: [String]
  /// Variables that are set for it; placeholders are filled in here too.
  package var environment: [String: String] = [:]
  /// Where it begins, relative to the repository; empty for its root.
  package var folder = ""
  /// Whether it prints to a terminal: some tools print otherwise into a pipe.
  package var usesTerminal = false
  /// Seconds that one process may take; nil for the usual limit.
  package var timeLimit: Double?

  /// A rule.
  package init(command: [String]) { self.command = command }

  /// What stands for a test in an argument or a variable, and what each means.
  package static let placeholders: [(name: String, meaning: String)] = [
    ("{nodeid}", "the test as its framework selects it"),
    ("{nodeids}", "an argument of its own: all tests of the process, an argument each"),
    ("{name}", "the name of the test alone"),
    ("{file}", "the file that the test is in"),
    ("{line}", "the line that it begins at; empty where nothing says it"),
    ("{report}", "the file that its report is read from"),
    ("{attempt}", "which attempt it is, from 1"),
  ]
}
