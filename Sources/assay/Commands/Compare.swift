internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageRuntime

/// `assay compare RUN RUN`: what became of tests between two runs of the history.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two runs of the history.",
    discussion: "Runs are named by their ids as assay runs lists them, or by their commits.")

  @Argument(help: "The earlier run.")
  var before: String

  @Argument(help: "The later run.")
  var after: String

  @OptionGroup var options: HistoryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(repository: options.repository)
    let service = try surroundings.history()
    let runs = try Surroundings.asked { () throws(HistoryError) in
      try service.store.runs(of: service.repository, options.filter)
    }
    let earlier = try run(before, among: runs)
    let later = try run(after, among: runs)
    let comparison = try Surroundings.asked { () throws(HistoryError) in
      try service.store.compare(earlier.number, later.number)
    }
    let report = ComparisonReport(Self.sections(comparison))
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(surroundings.settings), to: sink)
      }
    }
  }

  /// The newest run of an id, else of a commit's beginning.
  private func run(_ name: String, among runs: [RunRecord]) throws(CommandFailure) -> RunRecord {
    if let run = runs.first(where: { $0.identity.id == name }) { return run }
    if name.utf8.count >= 7, let run = runs.first(where: { $0.commit?.hasPrefix(name) == true }) { return run }
    throw .unreadable("could not find the run \(name) in the history (assay runs lists them)")
  }

  private static func sections(_ comparison: RunComparison) -> [ComparisonReport.Section] {
    [
      ("newly_failing", comparison.newlyFailing), ("fixed", comparison.fixed),
      ("still_failing", comparison.stillFailing), ("new_tests", comparison.added),
      ("vanished_tests", comparison.vanished), ("slower", comparison.slower),
    ].map { key, items in
      ComparisonReport.Section(
        key: key,
        tests: items.map { item in
          let leg = (item.after ?? item.before)?.leg ?? ""
          return leg.isEmpty ? item.test : "\(item.test) [\(leg)]"
        })
    }
  }
}
