internal import RunHistory
package import TestQueries
package import TriageModel

/// What is known of the failing tests of a run beyond its report: which failures are one cause, and verdicts.
package struct RunInsights: Sendable {
  /// What the history says of each test; empty where it has no runs of the repository.
  package private(set) var standings: [TestIndex: TestStanding] = [:]
  /// Why the history could not be asked, as a sentence; nil when it answered, or there is none.
  package private(set) var problem: String?
  private let names: CauseNames

  /// What is known of the failing tests of a run; without a history, only what the run itself tells.
  ///
  /// - Parameters:
  ///   - goldens: Finds the golden changes among the failures; `others` may be of the same commit.
  ///   - commits: Says which commits can have broken a test.
  package init(
    of run: Run, among others: [Run] = [], history: HistoryService?, goldens: GoldenFinder?, causes book: CauseBook,
    commits: CommitSearch? = nil
  ) {
    let tests = run.testsOfNote
    let signatures = FailureSignatures(of: tests, in: run.table)
    // No verdict is better than fifty that say that nothing is known.
    do throws(HistoryError) {
      standings = try history?.standings(of: tests, in: run, signatures) ?? [:]
    } catch {
      problem = "could not read the history: \(error)"
    }
    let changes = tests.isEmpty ? [] : goldens?.survey(run, others: others).changes ?? []
    names = CauseNames(
      of: run,
      causes: RunCauses(of: tests, signatures, book.carried { history?.rekeyed($0) ?? [:] }) {
        history?.knownCauses(of: $0) ?? [:]
      },
      standings: standings, goldenTests: run.tests(of: changes)
    ) { commits?.culprit(of: $0, $1, in: run) }
  }

  /// The cause of a test's failure: its key and its title; nil when it said nothing.
  package func cause(of test: TestIndex) -> TestFacts.CauseName? { names.name(of: test) }

  /// The key of what a test's failure said; nil when it said nothing.
  package func signature(of test: TestIndex) -> SignatureKey? { names.causes.keys[test] }

  /// What lists group and filter by.
  package func facts(owner: @escaping (TestIndex) -> String?) -> TestFacts {
    var facts = TestFacts(owner: owner)
    facts.verdict = { standings[$0]?.verdict.label }
    facts.brokeAt = { standings[$0]?.brokeAt }
    facts.cause = { cause(of: $0) }
    return facts
  }
}
