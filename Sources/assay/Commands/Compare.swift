internal import ArgumentParser
internal import RunHistory
internal import SafeText
internal import TriageModel
internal import TriageOutput
internal import TriageServices

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
    let runs = try Surroundings.asked { () throws(HistoryError) in try service.records(options.filter) }
    let earlier = try run(before, among: runs)
    let later = try run(after, among: runs)
    for (run, other) in [(earlier, later), (later, earlier)] { Self.remark(on: run, besides: other, among: runs) }
    // People get the first of each fate, programs all.
    let most = limit.limit ?? (options.json ? .max : ComparisonReport.shown)
    let comparison = try Surroundings.asked { () throws(HistoryError) in
      try service.compare(earlier.key, later.key, limit: most, where: owner.filter(surroundings))
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

  /// Says of a run that is not whole that its tests seem gone, and which whole one could stand for it.
  private static func remark(on run: RunRecord, besides other: RunRecord, among runs: [RunRecord]) {
    guard !run.isComplete || run.counts.total == 0 else { return }
    let name = Sanitizer.line(run.identity.id, limit: 100)
    var words = "run \(name) is incomplete (\(CountText.of(run.counts.total, "test")) read): others look gone or back"
    let older = runs.drop { $0.key != run.key }.dropFirst()
    if let whole = older.first(where: { $0.isComplete && $0.counts.total > 0 && $0.key != other.key }) {
      words += "; the last whole run before it is \(Sanitizer.line(whole.identity.id, limit: 100))"
    }
    StandardError.write("assay: \(words)")
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
