internal import TriageModel

/// Compares what suites declare with what they hold.
struct JUnitLedger {
  private var disagreements = 0
  private var first = ""
  private var pytestElements = 0
  private var pytestDeclared: Int?

  /// The first suite that declares more failing tests than it holds, in words, and how many there are.
  private var losses = (count: 0, first: "")
  /// The outcome before, and whether any came in another order than gotestsum's: failed, skipped, passed.
  private var lastRank = 0
  private(set) var hasOtherOrder = false

  /// Compares one suite that has ended.
  mutating func check(_ suite: inout JUnitSuite, _ dialect: JUnitDialect) {
    lastRank = 0
    findMissing(in: &suite, dialect)
    if dialect.isPytest, !suite.isRoot, let tests = suite.declared.tests {
      pytestDeclared = (pytestDeclared ?? 0) + tests
    }
    guard dialect.declaresTests else { return }
    guard let said = Self.disagreement(suite.declared, suite.counted) else { return }
    disagreements += 1
    if !first.isEmpty { return }
    first = "declares \(said.declared) \(said.what)\(Self.words(for: suite)) but has \(said.counted)"
  }

  private static func words(for suite: JUnitSuite) -> String {
    suite.name.isEmpty ? "" : " of suite \(String(decoding: suite.name.prefix(200), as: UTF8.self))"
  }

  /// Failing tests that a suite declares and nobody wrote down are lost. Where a dialect counts something else
  /// (assertions), they are when it holds no failing test at all; where every test is there, an error may be a failure
  /// too (web-test-runner counts it as both).
  private mutating func findMissing(in suite: inout JUnitSuite, _ dialect: JUnitDialect) {
    let declared = (suite.declared.failures ?? 0) + (suite.declared.errors ?? 0)
    let held = max(suite.counted.failing, suite.counted.faults) + suite.counted.suiteFaults
    let missing = declared - held - suite.counted.missing
    guard missing > 0, dialect.declaresTests || held == 0 else { return }
    let most = max(suite.declared.failures ?? 0, suite.declared.errors ?? 0)
    let hasAllTests = suite.counted.tests >= suite.declared.tests ?? .max
    if hasAllTests, held > 0, most <= held + suite.counted.missing { return }
    suite.counted.missing += missing
    losses.count += 1
    if losses.first.isEmpty {
      losses.first = "it declares \(declared) failures and errors\(Self.words(for: suite)) and holds \(held)"
    }
  }

  /// The failing tests that are not in the report, in words; nil when none is missing.
  var loss: String? {
    switch losses.count {
    case 0: nil
    case 1: losses.first
    default: losses.first + " (and so for \(losses.count - 1) more)"
    }
  }

  /// Notes the order in which a suite's test cases ended.
  mutating func noteOrder(of outcome: Outcome) {
    let rank = outcome.isFailing ? 0 : outcome == .skipped ? 1 : 2
    if rank < lastRank { hasOtherOrder = true }
    lastRank = rank
  }

  /// The first number that agrees with no way of counting: tests or attempts, failing tests or their failures.
  private static func disagreement(
    _ declared: JUnitSuite.Declared, _ counted: JUnitSuite.Counted
  ) -> (what: String, declared: Int, counted: Int)? {
    if let tests = declared.tests, tests != counted.tests, tests != counted.attempts {
      return ("tests", tests, counted.tests)
    }
    if declared.failures != nil || declared.errors != nil {
      let failing = (declared.failures ?? 0) + (declared.errors ?? 0)
      let own = counted.suiteFaults
      if ![counted.failing, counted.faults, counted.failing + own, counted.faults + own].contains(failing) {
        return ("failures and errors", failing, counted.failing)
      }
    }
    if let skipped = declared.skipped, skipped != counted.skipped, skipped != counted.notRun {
      return ("skipped", skipped, counted.notRun)
    }
    return nil
  }

  /// Counts a pytest test case as pytest's own `tests` does: a tear-down error after a pass counts again.
  mutating func countPytest(_ ended: JUnitCase) {
    pytestElements += 1
    if ended.faults.count == 1, ended.faults.contains(where: { $0.outcome == .errored && $0.isTearDown }) {
      pytestElements += 1
    }
  }

  /// Begins counting for another pytest suite.
  mutating func forgetPytest() {
    (pytestElements, pytestDeclared) = (0, nil)
  }

  /// Whether earlier test cases of a name are reruns (pytest-rerunfailures), which pytest does not count in `tests`.
  ///
  /// Passed subtests are counted and have no test case, so that the two numbers may be the same by chance, too. Test
  /// cases that all come equally often and are all counted are those of several workers (`--dist each`): no reruns.
  func hasPytestReruns(_ builder: TestTableBuilder) -> Bool {
    guard let pytestDeclared, builder.hasRepeatedTests else { return false }
    return pytestElements != pytestDeclared || !builder.isEvenlyRepeated
  }

  /// The first disagreement, and how many suites disagree; nil when none does.
  var warning: String? {
    switch disagreements {
    case 0: nil
    case 1: first
    default: first + " (and \(disagreements - 1) more suites disagree)"
    }
  }
}

/// The attempts that one test case tells of, oldest first.
enum JUnitAttempts {
  /// What a case printed, each stream as one text.
  typealias Printed = (output: TextRef, error: TextRef)

  /// At least one attempt; all but the first carry `.sameTest`.
  static func of(_ ended: JUnitCase, printed: Printed) -> [AttemptRecord] {
    var records: [AttemptRecord] = []
    for fault in ended.faults where fault.turn == .earlier { records.append(attempt(of: ended, fault)) }
    records.append(main(of: ended, printed: printed))
    for fault in ended.faults where fault.turn == .again { records.append(attempt(of: ended, fault)) }
    let hasFinal = ended.faults.contains { $0.turn == .final }
    if !hasFinal, ended.faults.contains(where: { $0.turn == .again }) {
      records.remove(at: ended.faults.count { $0.turn == .earlier })
    }
    for index in records.indices.dropFirst() { records[index].duplicate = .sameTest }
    return records
  }

  /// The attempt the case itself is: error before failure before skipped before passed, all of them kept.
  static func main(of ended: JUnitCase, printed: Printed) -> AttemptRecord {
    var record = record(of: ended, outcome: ended.outcome)
    record.duration = ended.duration
    if !ended.faults.isEmpty {
      for fault in ended.faults where fault.turn == .final { record.failures.append(fault.record) }
    }
    // Node writes a failure's message into an attribute too, where it stands for a missing child.
    if ended.faults.isEmpty || ended.isSkipped { record.note = ended.note }
    (record.standardOutput, record.standardError) = printed
    record.properties = ended.properties
    return record
  }

  private static func attempt(of ended: JUnitCase, _ fault: JUnitFault) -> AttemptRecord {
    var record = record(of: ended, outcome: fault.outcome)
    record.duration = fault.duration
    record.failures = [fault.record]
    record.standardOutput = fault.standardOutput
    record.standardError = fault.standardError
    return record
  }

  private static func record(of ended: JUnitCase, outcome: Outcome) -> AttemptRecord {
    var record = AttemptRecord(suite: ended.suite, name: ended.name, outcome: outcome)
    record.kind = ended.kind
    record.file = ended.file
    record.line = ended.line
    return record
  }
}

extension JUnitCase {
  /// How the case ended, its retries aside.
  var outcome: Outcome {
    var worst: Outcome?
    for fault in faults where fault.turn == .final {
      if fault.outcome.severity < worst?.severity ?? .max { worst = fault.outcome }
    }
    // A set-up that broke, or a tear-down, is none of what was expected.
    if let worst { return isExpected && worst == .failed ? .expectedFailure : worst }
    if isExpected { return .expectedFailure }
    if isSkipped { return .skipped }
    switch status {
    case .none: return .passed
    case .skipped: return .skipped
    case .failed: return .failed
    case .errored: return .errored
    }
  }
}

/// Test cases that stand for something else that failed: a build, a file that could not be loaded, a set-up.
enum JUnitOutsiders {
  private static let classnames: [StaticString] = ["Test suite failed to run", "NonTestSuiteFailure"]
  private static let names: [StaticString] = ["[build failed]", "[setup failed]", "initializationError"]

  /// Whether a test case is no test.
  static func contain(
    classname: UnsafeRawBufferPointer?, name: UnsafeRawBufferPointer, suite: [UInt8]
  ) -> Bool {
    if let classname, classnames.contains(where: { JUnitBytes.equal(classname, $0) }) { return true }
    if name.isEmpty, suite.withUnsafeBytes({ suite in classnames.contains { JUnitBytes.equal(suite, $0) } }) {
      return true
    }
    return names.contains { JUnitBytes.equal(name, $0) }
  }
}
