package import TriageModel

/// A test that is to be run again, as its report knows it.
package struct RerunTest: Sendable, Equatable, Hashable {
  /// The whole name that the report gives it.
  package var id: String
  /// The suite it lies in.
  package var suite: String
  /// Its own name, with its parameters.
  package var name: String
  /// The id of the format of its report (`junit`).
  package var format: String
  /// Where it is defined; nil where no report says it.
  package var file: String?
  /// The line there, from 1.
  package var line: Int?
  /// What its run says of the environment it ran in: platform, versions, shard.
  package var labels: [String: String] = [:]
  /// Seconds that it took; nil where that is not known.
  package var duration: Double?
  /// What its failure said, for the inputs that it failed with; cut to what can hold them.
  package var saying = ""
  /// How often it fails, of a flaky test; nil where that is not known.
  package var failureRate: Verdict.Rate?
  /// What its failure was; nil when it said nothing.
  package var signature: SignatureKey?

  /// A test.
  package init(id: String, suite: String, name: String, format: String = "") {
    self.id = id
    self.suite = suite
    self.name = name
    self.format = format
  }

  /// A test of which only the name is known, as people and frameworks write it; nil for a text that names none.
  package init?(named id: String) {
    guard let end = id.ranges(of: "::").last, end.lowerBound > id.startIndex, end.upperBound < id.endIndex else {
      return nil
    }
    // The brackets of a parameter may hold the mark as well.
    let head = id.firstIndex(of: "[").map { id[..<$0] } ?? id[...]
    let split = head.ranges(of: "::").last ?? end
    self.init(id: id, suite: String(id[..<split.lowerBound]), name: String(id[split.upperBound...]))
  }
}

/// What a rerun is planned in: the repository and its rules, asked through closures so that a plan is pure.
package struct RerunContext: Sendable {
  /// The repository's folder, an absolute path.
  package var root: String
  /// Whether the repository has a file, by its relative path.
  package var has: @Sendable (String) -> Bool
  /// The folders that hold a file of some name, relative to the repository, the nearest to its root first.
  package var folders: @Sendable (String) -> [String]
  /// Whether a program is there: a path, or a name that is looked up in `PATH`.
  package var hasProgram: @Sendable (String) -> Bool
  /// The environment of this process.
  package var environment: [String: String]
  /// What the repository says of reruns, the first rule that fits counts.
  package var rules: [RerunRule]

  /// A repository to rerun tests of.
  package init(
    root: String, environment: [String: String], rules: [RerunRule] = [], has: @escaping @Sendable (String) -> Bool,
    folders: @escaping @Sendable (String) -> [String] = { _ in [] },
    hasProgram: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.root = root
    self.environment = environment
    self.rules = rules
    self.has = has
    self.folders = folders
    self.hasProgram = hasProgram
  }
}

/// A test with what its framework calls it.
package struct RerunTarget: Sendable, Equatable {
  /// The test.
  package var test: RerunTest
  /// What selects it: a node id, a pattern of the framework's own language.
  package var selector: String
  /// Where its framework is started, relative to the repository; empty for its root.
  package var folder: String

  /// A target.
  package init(_ test: RerunTest, selector: String, folder: String = "") {
    self.test = test
    self.selector = selector
    self.folder = folder
  }
}

/// One process of an attempt.
package struct RerunInvocation: Sendable, Equatable {
  /// Where the results are read from.
  package enum Report: Sendable, Equatable {
    /// The files that the process writes into the attempt's folder.
    case files
    /// What it prints, kept under this name.
    case output(String)
    /// The way it ends, read by its framework: it is a process for each test.
    case end(framework: String)
  }

  /// The tests that it is about.
  package var targets: [RerunTarget]
  /// The argument vector; `{report}` and `{attempt}` are filled in when it is started.
  package var arguments: [String]
  /// Variables beside those of this process.
  package var environment: [String: String] = [:]
  /// Where it begins, relative to the repository; empty for its root.
  package var folder = ""
  /// Where the results are read from.
  package var report = Report.files
  /// Whether it prints to a terminal.
  package var usesTerminal = false
  /// Seconds that it may take.
  package var timeLimit = RerunOrder.usualTimeLimit

  /// A process.
  package init(_ targets: [RerunTarget], _ arguments: [String]) {
    self.targets = targets
    self.arguments = arguments
    folder = targets.first?.folder ?? ""
  }

  /// The argument vector of an attempt.
  package func arguments(attempt: Int, report: String) -> [String] {
    arguments.map { Self.filled($0, attempt, report) }
  }

  /// The variables of an attempt.
  package func environment(attempt: Int, report: String) -> [String: String] {
    environment.mapValues { Self.filled($0, attempt, report) }
  }

  /// Fills in what only an attempt knows. A test's name cannot name a report: names that hold these words were told
  /// apart when the invocation was made.
  private static func filled(_ text: String, _ attempt: Int, _ report: String) -> String {
    text.replacing(reportMark, with: report).replacing(attemptMark, with: "\(attempt)")
  }

  /// What stands for the report's file until an attempt has one: no argument of a person holds it.
  static let reportMark = "\u{1}report\u{1}"
  /// What stands for the number of the attempt.
  static let attemptMark = "\u{1}attempt\u{1}"

  /// The argument vector as people read it.
  package var shownArguments: [String] { arguments(attempt: 1, report: "REPORT") }
}
