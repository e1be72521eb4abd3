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
  mutating func countPytest(_ ended: JUnitCase, in text: TextStore) {
    pytestElements += 1
    if ended.faults.count != 1 { return }
    let isTearDown = ended.faults.contains { fault in
      fault.outcome == .errored
        && text.withBytes(of: fault.record.message) { XMLBytes.starts($0, with: "failed on teardown") }
    }
    if isTearDown { pytestElements += 1 }
  }

  /// Begins counting for another pytest suite.
  mutating func forgetPytest() {
    (pytestElements, pytestDeclared) = (0, nil)
  }

  /// Whether pytest wrote more test cases than it counts: the rest are reruns.
  var hasPytestReruns: Bool {
    guard let pytestDeclared else { return false }
    return pytestElements > pytestDeclared
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
