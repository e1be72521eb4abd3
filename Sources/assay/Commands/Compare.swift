internal import ArgumentParser
internal import ItemQueries
internal import RunHistory
internal import SafeText
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay compare RUN [RUN]`: what became of tests between two runs of the history, as the Runs screen says it.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs of the history.",
    discussion: """
      Runs are named by their ids as assay runs lists them (source:id where two sources have one id), or by the \
      beginning of their commits: the newest run of it. A run alone is compared with the one before it on its branch \
      and with its labels, the last that is whole.
      """)

  @Argument(help: "The earlier run; alone, the later.")
  var first: String

  @Argument(help: "The later run.")
  var second: String?

  @OptionGroup var options: HistoryOptions
  @OptionGroup var owner: OwnerOption
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let service = try context.history()
    let runs = RunSequence(
      try CommandContext.asked { () throws(HistoryError) in
        try service.runs(options.filter)
      })
    let (before, after) = try pair(among: runs)
    let (earlier, later) = (runs.runs[before], runs.runs[after])
    for (run, other) in [(before, after), (after, before)] { Self.remark(on: run, besides: other, among: runs) }
    // People get the first of each fate, programs all.
    let most = limit.limit ?? (options.json ? .max : ComparisonReport.shown)
    let comparison = try CommandContext.asked { () throws(HistoryError) in
      try service.compare(earlier.key, later.key, limit: most, where: owner.filter(context))
    }
    let report = ComparisonReport(
      comparison, before: earlier, after: later, commits: runs.commits(after: before, upTo: after))
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }

  /// The indices of the two runs, the earlier one as it was named first; of one alone, of the run before it too.
  private func pair(among runs: RunSequence) throws(CommandFailure) -> (before: Int, after: Int) {
    let index = try index(of: first, among: runs.runs)
    if let second { return (index, try self.index(of: second, among: runs.runs)) }
    guard let before = runs.before[index] else {
      throw .unreadable("could not compare run \(first): it is the first, and there is none before it")
    }
    let name = Sanitizer.line(runs.runs[before].identity.id, limit: 100)
    StandardError.write("assay: compared with run \(name), the one before it")
    return (before, index)
  }

  /// The index of the newest run of an id, else of a commit's beginning.
  private func index(of name: String, among runs: [RunRecord]) throws(CommandFailure) -> Int {
    let named = runs.filter { $0.identity.id == name }
    let sources = Set(named.map(\.identity.source)).sorted()
    if sources.count > 1 {
      let names = sources.map { "\($0):\(name)" }.joined(separator: ", ")
      throw .wrong("could not tell which run \(name) is meant: \(Sanitizer.line(names, limit: 300))")
    }
    let rules: [(RunRecord) -> Bool] = [
      { $0.identity.id == name }, { "\($0.identity.source):\($0.identity.id)" == name },
      { name.utf8.count >= 7 && $0.commit?.hasPrefix(name) == true },
    ]
    for fits in rules {
      if let index = runs.firstIndex(where: fits) { return index }
    }
    throw .unreadable("could not find the run \(name) in the history (assay runs lists them)")
  }

  /// Says of a run that is not whole that its tests seem gone, and which whole one could stand for it.
  private static func remark(on index: Int, besides other: Int, among runs: RunSequence) {
    let run = runs.runs[index]
    guard !run.isComplete || run.counts.total == 0 else { return }
    let name = Sanitizer.line(run.identity.id, limit: 100)
    var words = "run \(name) is incomplete (\(CountText.of(run.counts.total, "test")) read): others look gone or back"
    if let whole = runs.lastWhole(before: index), whole != other {
      words += "; the last whole run before it is \(Sanitizer.line(runs.runs[whole].identity.id, limit: 100))"
    }
    StandardError.write("assay: \(words)")
  }
}
