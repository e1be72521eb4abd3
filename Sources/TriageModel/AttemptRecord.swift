/// One thing that went wrong in an attempt; an attempt can hold several (one an assertion, call and tear-down).
package struct FailureRecord: Equatable, Sendable {
  /// The exception's type or the dialect's word for it.
  package var type = TextRef.empty
  /// The short text.
  package var message = TextRef.empty
  /// The long text: stack, diff, the tool's own account.
  package var details = TextRef.empty
  /// Where it happened; `line` counts from 1, 0 is unknown.
  package var file = TextRef.empty
  /// The line in `file`, from 1; 0 is unknown.
  package var line: UInt32 = 0

  /// A failure that says nothing yet.
  package init() {}
}

/// One execution of one test, as a reader hands it to the `TestTableBuilder`.
package struct AttemptRecord: Sendable {
  /// How the record relates to an earlier one of the same report, suite and name.
  package enum Duplicate: Sendable {
    /// It is a further attempt at the same test.
    case attempt
    /// It is a further attempt at the same test, if that left no failure so far: pytest writes reruns as silent passes.
    case attemptAfterSilent
    /// It is a further attempt at the test of the record before it, whatever else shares the name.
    case sameTest
    /// It is another part of the attempt before it (pytest's tear-down error): failures are added, the worse outcome wins.
    case samePart
    /// It is another test that happens to share the name (a parameter the dialect does not write).
    case otherTest
  }

  /// The suite the test belongs to.
  package var suite: SuiteID
  /// The test's name within its suite.
  package var name: TextRef
  /// How the attempt ended.
  package var outcome: Outcome
  /// What kind of item it is.
  package var kind = ItemKind.test
  /// How it relates to an earlier record of the same name.
  package var duplicate = Duplicate.attempt
  /// Seconds; NaN when the report does not say.
  package var duration = Float.nan
  /// What went wrong, in the order it did.
  package var failures: [FailureRecord] = []
  /// Why it was skipped, or what was expected to fail.
  package var note = TextRef.empty
  /// What it printed to standard output.
  package var standardOutput = TextRef.empty
  /// What it printed to standard error.
  package var standardError = TextRef.empty
  /// Where the test is defined; `line` counts from 1, 0 is unknown.
  package var file = TextRef.empty
  /// The line in `file`, from 1; 0 is unknown.
  package var line: UInt32 = 0
  /// Name and value pairs the report keeps with the test.
  package var properties: [(name: TextRef, value: TextRef)] = []

  /// An attempt at the test `name` of `suite`.
  package init(suite: SuiteID, name: TextRef, outcome: Outcome) {
    self.suite = suite
    self.name = name
    self.outcome = outcome
  }
}

/// The interned suite of a test: for pytest the node id without the function (`tests/unit/test_a.py::TestX`).
package struct SuiteID: Hashable, Sendable {
  /// The place in the table's list of suites.
  package let index: UInt32

  /// The suite with the given place in a table's list of suites.
  package init(index: UInt32) {
    self.index = index
  }
}

/// The place of a test in its run's table; stays the same while the table grows.
package struct TestIndex: Hashable, Comparable, Sendable {
  /// The place in the table.
  package let value: UInt32

  /// The test at the given place.
  package init(_ value: Int) {
    self.value = UInt32(truncatingIfNeeded: value)
  }

  package static func < (left: TestIndex, right: TestIndex) -> Bool {
    left.value < right.value
  }
}

/// The files that a test's output names: `[[ATTACHMENT|path]]`, as Jenkins, GitLab, Playwright and mocha write it.
package enum AttachmentMark {
  private static let opening = Array("[[ATTACHMENT|".utf8)
  /// Marks that are read of one output.
  private static let most = 1000

  /// The paths in an output, in order: up to `]]`, a reserved `|…`, or the end of the line.
  package static func paths(in output: UnsafeRawBufferPointer) -> [String] {
    var paths: [String] = []
    var place = 0
    while paths.count < most, place + opening.count < output.count,
      let bracket = output[place...].firstIndex(of: 0x5B)
    {
      place = bracket + 1
      guard output[bracket...].starts(with: opening) else { continue }
      let start = bracket + opening.count
      let end = output[start...].firstIndex { $0 == 0x5D || $0 == 0x7C || $0 == 0x0A || $0 == 0x0D }
      guard let end, end > start else { continue }
      paths.append(String(decoding: output[start..<end], as: UTF8.self))
      place = end
    }
    return paths
  }
}
