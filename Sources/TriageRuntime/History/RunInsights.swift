internal import Foundation
internal import RunHistory
package import TestQueries
package import TriageModel
package import Workspace

/// What is known of the failing tests of a run beyond its report: which failures are one cause, and verdicts.
package struct RunInsights: Sendable {
  /// What the history says of each test; empty where it has no runs of the repository.
  package private(set) var standings: [TestIndex: TestStanding] = [:]
  private let names: CauseNames

  /// What is known of the failing tests of a run; without a history, only what the run itself tells.
  ///
  /// - Parameter goldens: Finds the golden changes among the failures; `others` may be of the same commit.
  package init(
    of run: Run, among others: [Run] = [], history: HistoryService?, goldens: GoldenFinder?, causes book: CauseBook
  ) {
    let tests = run.testsOfNote
    let signatures = FailureSignatures(of: tests, in: run.table)
    // No verdict is better than fifty that say that nothing is known.
    if let history, let found = try? history.standings(of: tests, in: run, signatures) { standings = found }
    let changes = tests.isEmpty ? [] : goldens?.survey(run, others: others).changes ?? []
    names = CauseNames(
      causes: RunCauses(of: tests, signatures, book) { history?.knownCauses(of: $0) ?? [:] }, standings: standings,
      goldenTests: run.tests(of: changes))
  }

  /// The cause of a test's failure: its key and its title; nil when it said nothing.
  package func cause(of test: TestIndex) -> TestFacts.CauseName? { names.name(of: test) }

  /// The key of what a test's failure said; nil when it said nothing.
  package func signature(of test: TestIndex) -> SignatureKey? { names.causes.keys[test] }

  /// What lists group and filter by.
  package func facts(owner: @escaping (TestIndex) -> String?) -> TestFacts {
    var facts = TestFacts(owner: owner)
    facts.verdict = { standings[$0]?.verdict.label }
    facts.cause = { cause(of: $0) }
    return facts
  }
}

extension HistoryService {
  /// The person's history where there is one already; nil when no run was ever added, or it cannot be opened.
  package static func existing(
    _ repository: Repository?, directories: Directories, environment: [String: String]
  ) -> HistoryService? {
    guard access(directories.state + "/history.sqlite", R_OK) == 0 else { return nil }
    return try? HistoryService(repository, directories: directories, environment: environment)
  }
}
