internal import TestQueries
internal import TriageModel

/// What the causes of a run's failures are called in lists.
///
/// Failing goldens say each another thing, and mostly one change is behind them: those that broke in one run are one
/// cause, unless a person said otherwise.
struct CauseNames {
  let causes: RunCauses
  /// What the history says.
  let standings: [TestIndex: TestStanding]
  /// The tests whose goldens changed.
  let goldenTests: Set<TestIndex>

  /// The key of a golden cause begins so.
  static let goldenPrefix = "golden@"

  /// The name of a test's cause; nil when its failure said nothing.
  func name(of test: TestIndex) -> TestFacts.CauseName? {
    guard let cause = causes.name(of: test) else { return nil }
    guard goldenTests.contains(test), !causes.isRuled(test) else { return cause }
    let since = standings[test]?.since?.identity.id ?? ""
    return TestFacts.CauseName(key: Self.goldenPrefix + since, title: "golden changed")
  }
}

extension Run {
  /// The failing tests that golden changes are of.
  func tests(of changes: [GoldenChange]) -> Set<TestIndex> {
    var tests: Set<TestIndex> = []
    var ids: Set<String> = []
    for change in changes {
      if let test = change.testIndex { tests.insert(test) } else if !change.test.isEmpty { ids.insert(change.test) }
    }
    if !ids.isEmpty { tests.formUnion(testsOfNote.filter { ids.contains(table.id(of: $0)) }) }
    return tests
  }
}
