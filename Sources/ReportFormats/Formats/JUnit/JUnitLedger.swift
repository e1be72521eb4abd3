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
    let pairs: [(String, Int?, Int)] = [
      ("tests", suite.declared.tests, suite.counted.tests),
      ("failures", suite.declared.failures, suite.counted.failures),
      ("errors", suite.declared.errors, suite.counted.errors),
      ("skipped", suite.declared.skipped, suite.counted.skipped),
    ]
    for case (let what, let declared?, let counted) in pairs where declared != counted {
      disagreements += 1
      if first.isEmpty {
        let name = suite.name.isEmpty ? "" : " of suite \(String(decoding: suite.name.prefix(200), as: UTF8.self))"
        first = "declares \(what)=\"\(declared)\"\(name) but has \(counted)"
      }
      return
    }
  }

  /// Counts a pytest test case as pytest's own `tests` does: a tear-down error after a pass counts again.
  mutating func countPytest(_ ended: JUnitCase, in text: TextStore) {
    pytestElements += 1
    let isTearDown = ended.faults.contains { fault in
      fault.outcome == .errored
        && text.withBytes(of: fault.record.message) { XMLBytes.starts($0, with: "failed on teardown") }
    }
    if isTearDown, ended.faults.count == 1 { pytestElements += 1 }
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
