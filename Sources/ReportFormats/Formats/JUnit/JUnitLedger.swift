internal import TriageModel

/// Compares what suites declare with what they hold.
struct JUnitLedger {
  private var disagreements = 0
  private var first = ""
  private var pytestElements = 0
  private var pytestDeclared: Int?

  /// Compares one suite that has ended.
  mutating func check(_ suite: JUnitSuite, _ dialect: JUnitDialect) {
    if dialect.isPytest, !suite.isRoot, let tests = suite.declared.tests {
      pytestDeclared = (pytestDeclared ?? 0) + tests
    }
    guard dialect.declaresTests else { return }
    guard let said = Self.disagreement(suite.declared, suite.counted) else { return }
    disagreements += 1
    if !first.isEmpty { return }
    let name = suite.name.isEmpty ? "" : " of suite \(String(decoding: suite.name.prefix(200), as: UTF8.self))"
    first = "declares \(said.declared) \(said.what)\(name) but has \(said.counted)"
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
      if failing != counted.failing, failing != counted.faults {
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
