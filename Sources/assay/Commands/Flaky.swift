internal import ArgumentParser
internal import ItemQueries
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay flaky`: the tests that flake, as the Flakes screen lists them.
struct Flaky: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flaky",
    abstract: "List flaky tests of the history, the costliest first, with their evidence.",
    discussion: """
      The cost is the minutes of failed and retried attempts and 28 minutes of a person for each failure (or what \
      history: triage_minutes says). A test that is broken is not flaky; assay history TEST says which. Filters: \
      \(FlakeFilter.summary).
      """)

  @OptionGroup var options: HistoryOptions
  @OptionGroup var owner: OwnerOption
  @OptionGroup var query: QueryOptions<FlakeOrder>
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  @Flag(help: "All tests that failed or were retried, not only the flaky ones.")
  var all = false

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let query = try query.query()
    let survey = FlakeSurvey(try context.history(), OwnerLookup(context.owners))
    let table = try CommandContext.asked { () throws(HistoryError) in
      try survey.table(of: options.filter, isAll: all, limit: .max) ?? FlakeTable()
    }
    let isOwned = owner.filter(context) ?? { _ in true }
    let rows = query.positions(in: table.rows) { isOwned($0.flake.test) }.map { table.rows[$0] }
    let report = FlakyReport(
      Array(rows.prefix(limit.limit ?? .max)), total: rows.count, runs: table.total.runs, isAll: all)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }
}
