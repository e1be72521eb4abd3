internal import RunHistory
internal import ItemQueries
internal import Runbooks
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// Which tests are listed, and how.
struct ListChoice {
  var isAll = false
  var filter = ""
  var group = Grouping.suite
}

/// The list of tests, as `list` and `assay PATH…` into a pipe print it.
struct ListAnswer {
  private let filter: TestFilter
  private let grouping: Grouping
  private let isAll: Bool
  private let owners: OwnerLookup
  private let history: HistoryService?
  private let goldens: GoldenFinder?
  private let book: CauseRuleSet
  private let records: TeamRecords
  private let runbooks: RunbookLibrary
  private let commits: CommitSearch?
  /// Whether more is asked than the reports tell.
  private let needsMore: Bool

  /// Failing tests of a run whose verdicts are looked up unasked: of more, each single one says little.
  private static let mostJudged = 2000

  /// Understands what was asked for.
  ///
  /// - Parameter isJSON: Whether all that is known of a test is written; for people only what they ask for is read.
  init(_ choice: ListChoice, _ context: CommandContext, isJSON: Bool = false) throws(CommandFailure) {
    grouping = choice.group
    do throws(FilterError) {
      filter = try TestFilter(parsing: choice.filter)
    } catch {
      throw .wrong("could not read the filter: \(error)")
    }
    isAll = choice.isAll || filter.asksForOutcome
    owners = OwnerLookup(context.owners)
    needsMore = isJSON || grouping == .cause || grouping == .verdict || filter.asksForVerdict
    history = context.knownHistory
    goldens = context.goldenFinder
    book = CauseRuleSet(needsMore ? context.repository : nil)
    records = context.records(history)
    runbooks = context.runbooks
    commits =
      history == nil
      ? nil : CommitSearch(root: context.repository?.root, environment: CommandContext.environment)
  }

  /// The runs, with what the history says of tests that did not run.
  func completed(_ loaded: LoadedRuns) -> LoadedRuns {
    guard let history else { return loaded }
    var loaded = loaded
    do throws(HistoryError) {
      loaded.runs = try history.completed(loaded.runs)
    } catch {
      StandardError.writeOnce("assay: could not read the history: \(error)")
    }
    return loaded
  }

  /// Says on standard error what the answer leaves out.
  func remark(on loaded: LoadedRuns) {
    if history == nil, filter.asksForVerdict || grouping == .verdict {
      StandardError.write("assay: without a history no test has a verdict; assay ingest PATH adds runs")
    }
    if let problem = book.problem { StandardError.write("assay: \(problem)") }
    for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
  }

  /// Writes the list for people.
  func write(_ runs: [Run], _ style: TextStyle, to sink: OutputSink) {
    for (place, run) in runs.enumerated() where !sink.isClosed {
      if place > 0 { sink.appendLine() }
      let dossier = isJudged(run) ? dossier(of: run, among: runs) : RunDossier(of: run, owners: owners)
      let facts = dossier.facts
      RunListText(
        style: style, grouping: grouping, isFailingOnly: !isAll && filter.isEmpty, facts: facts,
        standing: { dossier.standings[$0] }
      ).write(run, tests: tests(of: run, facts), to: sink)
    }
  }

  /// Writes the documented object.
  func writeJSON(_ runs: [Run], to sink: OutputSink) {
    let pages = runbooks.finder()
    RunListJSON.write(
      runs,
      tests: { run in
        let dossier = dossier(of: run, among: runs)
        return (tests(of: run, dossier.facts), { Self.insight(of: $0, dossier, pages) })
      }, to: sink)
  }

  private static func insight(
    of test: TestIndex, _ dossier: RunDossier, _ pages: (TestIndex, RunDossier) -> [RunbookIndex.Found]
  ) -> TestInsight {
    var insight = TestInsight(
      standing: dossier.standings[test], cause: dossier.cause(of: test), signature: dossier.signature(of: test))
    if dossier.run.table.isOfNote(test) { insight.take(pages(test, dossier)) }
    return insight
  }

  /// Whether the history is asked about a run's tests: when the filter or the grouping wants it, and where it is cheap.
  private func isJudged(_ run: Run) -> Bool {
    needsMore || (history != nil && run.table.failing <= Self.mostJudged)
  }

  private func dossier(of run: Run, among runs: [Run]) -> RunDossier {
    var dossier = RunDossier(of: run, owners: owners, commits: commits)
    do throws(HistoryError) {
      try dossier.learnAll(among: runs, history: history, goldens: goldens, causes: book, records: records)
    } catch {
      StandardError.writeOnce("assay: could not read the history: \(error)")
    }
    return dossier
  }

  private func tests(of run: Run, _ facts: TestFacts) -> [TestIndex] {
    filter.tests(in: run, among: isAll ? nil : run.table.tests(where: \.isFailing), facts: facts)
  }
}
