internal import ArgumentParser
internal import RunHistory
internal import TriageOutput
internal import TriageServices

/// `assay runs`: the runs that the history knows.
struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the runs of the history, newest first.")

  @OptionGroup var options: HistoryOptions
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(repository: options.repository)
    let service = try surroundings.history()
    let runs = try Surroundings.asked { () throws(HistoryError) in try service.runs(options.filter) }
    let report = HistoryReport(runs: runs, limit: limit.limit)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(surroundings.settings), to: sink)
      }
    }
  }
}
