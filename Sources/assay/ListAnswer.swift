internal import FailureAnalysis
internal import RunHistory
internal import TestQueries
internal import TriageModel
internal import TriageOutput
internal import TriageRuntime

/// Which tests are listed, and how.
struct ListChoice {
  var isAll = false
  var filter = ""
  var group = GroupChoice.suite
}

/// The list of tests, as `list` and `assay PATH…` into a pipe print it.
struct ListAnswer {
  private let filter: TestFilter
  private let grouping: Grouping
  private let isAll: Bool
  private let owners: OwnerLookup

  /// Understands what was asked for.
  init(_ choice: ListChoice, owners: OwnerLookup) throws(CommandFailure) {
    guard let grouping = choice.group.grouping else {
      throw .wrong("could not group by \(choice.group.rawValue): that needs the history of more runs than are given")
    }
    self.grouping = grouping
    do throws(FilterError) {
      filter = try TestFilter(parsing: choice.filter)
    } catch {
      throw .wrong("could not read the filter: \(error)")
    }
    isAll = choice.isAll || filter.asksForOutcome
    self.owners = owners
  }

  /// Says on standard error what the answer leaves out.
  func remark(on loaded: LoadedRuns) {
    for note in filter.notes + loaded.warnings { StandardError.write("assay: \(note)") }
  }

  /// Writes the list for people.
  func write(_ runs: [Run], _ style: TextStyle, to sink: OutputSink) {
    RunListText(style: style, grouping: grouping, isFailingOnly: !isAll && filter.isEmpty, owner: owner)
      .write(runs, tests: tests, to: sink)
  }

  /// Writes the documented object; `history` is the person's, where there is one.
  func writeJSON(_ runs: [Run], history: HistoryService?, to sink: OutputSink) {
    RunListJSON.write(runs, tests: tests, insights: { Self.insights($0, $1, history) }, to: sink)
  }

  private static func insights(_ run: Run, _ tests: [TestIndex], _ history: HistoryService?) -> [TestIndex: TestInsight]
  {
    guard let history else { return [:] }
    let insights = RunInsights(of: run, tests: tests, history: history)
    if insights.verdicts.isEmpty { return [:] }
    let runs = (try? history.store.runs(of: history.repository)) ?? []
    let names = Dictionary(runs.map { ($0.number, $0.identity.id) }) { first, _ in first }
    return Dictionary(
      insights.verdicts.map { test, verdict in
        let cause = insights.causes[test].map { (id: $0.id.value, title: $0.title) }
        let insight = TestInsight(
          verdict: verdict, since: verdict.range.flatMap { names[$0.firstFailure] },
          lastPass: verdict.range?.lastPass.flatMap { names[$0] }, cause: cause)
        return (test, insight)
      }
    ) { first, _ in first }
  }

  private func tests(of run: Run) -> [TestIndex] {
    filter.tests(in: run, among: isAll ? nil : run.table.tests(where: \.isFailing), owner: owner(of: run))
  }

  private func owner(of run: Run) -> (TestIndex) -> String? {
    { owners.owner(of: $0, in: run) }
  }
}
