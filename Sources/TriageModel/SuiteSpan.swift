/// What a report says once for all tests of one of its suites, kept where they begin: no test pays for it.
struct SuiteSpan: Sendable {
  /// The first test; the others follow it up to the next span's first.
  var firstTest: UInt32
  /// The place in the table's list of label sets.
  var labels: UInt32
  /// The names of the suites around the tests.
  var name = TextRef.empty
  /// The machine, browser or project the suite ran on.
  var host = TextRef.empty
  /// The file that the suite is about.
  var file = TextRef.empty

  /// Whether another span says the same of its tests, in the same texts.
  func saysTheSame(as other: SuiteSpan) -> Bool {
    labels == other.labels && name == other.name && host == other.host && file == other.file
  }
}

/// What tells a test from its namesakes in the same report.
struct NamesakeMark: Sendable {
  let test: UInt32
  /// What it is told apart by: suite, file, host; empty when nothing tells.
  let text: TextRef
  /// From 1: which one it is of those that have the same text.
  let number: UInt32
}
