internal import ArgumentParser
internal import RunHistory
internal import SafeText
internal import TriageModel
internal import TriageOutput
internal import TriageRuntime

/// `assay compare RUN RUN`: what became of tests between two runs of the history.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two runs of the history.",
    discussion: """
      Runs are named by their ids as assay runs lists them (source:id where two sources have one id), or by the \
      beginning of their commits: the newest run of it.
      """)

  @Argument(help: "The earlier run.")
  var before: String

  @Argument(help: "The later run.")
  var after: String

  @OptionGroup var options: HistoryOptions
  @OptionGroup var owner: OwnerOption
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(repository: options.repository)
    let service = try surroundings.history()
    let runs = try Surroundings.asked { () throws(HistoryError) in
      try service.store.runs(of: service.repository, options.filter)
    }
    let earlier = try run(before, among: runs)
    let later = try run(after, among: runs)
    // People get the first of each fate, programs all.
    let most = limit.limit ?? (options.json ? .max : ComparisonReport.shown)
    let comparison = try Surroundings.asked { () throws(HistoryError) in
      try service.store.compare(earlier.number, later.number, limit: most, where: owner.filter(surroundings))
    }
    let report = ComparisonReport(
      RunComparison.Fate.allCases.map { Self.section($0, comparison) }, before: earlier, after: later)
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
    let named = runs.filter { $0.identity.id == name }
    let sources = Set(named.map(\.identity.source)).sorted()
    if sources.count > 1 {
      let names = sources.map { "\($0):\(name)" }.joined(separator: ", ")
      throw .wrong("could not tell which run \(name) is meant: \(Sanitizer.line(names, limit: 300))")
    }
    if let run = named.first { return run }
    if let run = runs.first(where: { "\($0.identity.source):\($0.identity.id)" == name }) { return run }
    if name.utf8.count >= 7, let run = runs.first(where: { $0.commit?.hasPrefix(name) == true }) { return run }
    throw .unreadable("could not find the run \(name) in the history (assay runs lists them)")
  }

  private static func section(_ fate: RunComparison.Fate, _ comparison: RunComparison) -> ComparisonReport.Section {
    ComparisonReport.Section(
      key: fate.rawValue,
      tests: comparison[fate].map { item in
        let leg = (item.after ?? item.before)?.leg ?? ""
        return leg.isEmpty ? item.test : "\(item.test) [\(leg)]"
      },
      count: comparison.count(fate))
  }
}
