internal import FailureAnalysis
package import ItemQueries
package import TriageModel

/// What the causes of a run's failures are called in lists.
///
/// Failing goldens say each another thing, and mostly one change is behind them: those that broke in one run are one
/// cause, unless a person said otherwise. So are texts that are one bug by all that is known (`SharedBugs`). No two
/// causes have one title, and what a single test said is told in its own words.
package struct CauseNames {
  /// Which failures have one cause.
  package let causes: RunCauses
  /// What the history says.
  package let standings: [TestIndex: TestStanding]
  /// The tests whose goldens changed.
  package let goldenTests: Set<TestIndex>
  /// The texts that are one bug, by the key of its name.
  package private(set) var bugs: [String: SharedBugs.Bug] = [:]
  private var names: [TestIndex: TestFacts.CauseName] = [:]

  /// The key of a golden cause begins so.
  package static let goldenPrefix = "golden@"
  /// The key of a bug with several texts begins so.
  static let bugPrefix = "bug@"

  /// Whether a key is of such a cause, which failures of several texts stand behind, and no signature.
  package static func isOfSeveralTexts(_ key: String) -> Bool {
    key.hasPrefix(goldenPrefix) || key.hasPrefix(bugPrefix)
  }

  /// The names of the causes of a run's failures.
  package init(
    of run: Run, causes: RunCauses, standings: [TestIndex: TestStanding], goldenTests: Set<TestIndex>,
    culprit: SharedBugs.Culprit = { _, _ in nil }
  ) {
    self.causes = causes
    self.standings = standings
    self.goldenTests = goldenTests
    let told = run.testsOfNote.filter { causes.places[$0] != nil }
    var keys: [TestIndex: String] = [:]
    for test in told where goldenTests.contains(test) && !causes.isRuled(test) {
      keys[test] = Self.goldenPrefix + (standings[test]?.since?.identity.id ?? "")
    }
    let open = told.filter { keys[$0] == nil && !causes.isRuled($0) }
    let bugs = SharedBugs(
      of: open, in: run.table, places: causes.places, standings: standings, culprit: culprit
    ).bugs
    var bugOfCause: [Int: String] = [:]
    for bug in bugs {
      let key = Self.bugPrefix + causes.causes[bug.causes[0]].id.text
      self.bugs[key] = bug
      for place in bug.causes { bugOfCause[place] = key }
    }
    for test in told where keys[test] == nil {
      guard let place = causes.places[test] else { continue }
      keys[test] = bugOfCause[place] ?? causes.causes[place].id.text
    }
    let titles = CauseTitles(of: told, in: run, keys: keys, causes: causes, bugs: self.bugs)
    for (test, key) in keys { names[test] = TestFacts.CauseName(key: key, title: titles.title(of: key)) }
  }

  /// The name of a test's cause; nil when its failure said nothing.
  package func name(of test: TestIndex) -> TestFacts.CauseName? { names[test] }
}

extension Run {
  /// The failing tests that golden changes are of.
  package func tests(of changes: [GoldenChange]) -> Set<TestIndex> {
    var tests: Set<TestIndex> = []
    var ids: Set<String> = []
    for change in changes {
      if let test = change.testIndex { tests.insert(test) } else if !change.test.isEmpty { ids.insert(change.test) }
    }
    if !ids.isEmpty { tests.formUnion(testsOfNote.filter { ids.contains(table.id(of: $0)) }) }
    return tests
  }
}
