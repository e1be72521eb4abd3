internal import ArgumentParser
internal import ItemQueries
internal import RunHistory
internal import TriageOutput
internal import TriageServices

/// `assay runs`: the runs that the history knows, as the Runs screen lists them.
struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of the history, newest first.", discussion: "Filters: \(RunFilter.summary).")

  @OptionGroup var options: HistoryOptions
  @OptionGroup var query: QueryOptions<RunOrder>
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let query = try query.query()
    let service = try context.history()
    let runs = try CommandContext.asked { () throws(HistoryError) in
      try service.runs(options.filter)
    }
    let report = HistoryReport(runs: query.positions(in: runs).map { runs[$0] }, limit: limit.limit)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }
}
