internal import ArgumentParser
internal import ItemQueries
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay goldens PATH…`: the golden changes of runs.
struct GoldenChanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goldens",
    abstract: "List golden changes: what differs, how, and where each decision stands.",
    discussion: """
      The goldens are those of the repository (-C, else the one around the current directory). Of several runs the \
      newest is listed; --all-runs lists each. Filters: \(GoldenFilter.summary).
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Decided changes too; JSON always has them.")
  var all = false

  @Flag(name: .customLong("all-runs"), help: "Every run, not only the newest.")
  var allRuns = false

  @Option(help: "Only changes that a filter selects.")
  var filter = ""

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let filter = try Self.filter(self.filter)
    let query = GoldenQuery(scope: all || !filter.isEmpty ? .all : .undecided, filter: self.filter)
    let reading = GoldenReading(context: context)
    let runs = try reading.runs(input.paths, input.overrides)
    let surveys = reading.surveys(allRuns ? runs : Array(runs.prefix(1)), among: runs)
    try StandardOutput.write { sink in
      if json {
        GoldenListJSON.write(surveys.map { ($0.run.info, $0.survey.changes.filter { filter.accepts($0) }) }, to: sink)
        return
      }
      let text = GoldenListText(style: output.textStyle(context.settings))
      for (place, (run, survey)) in surveys.enumerated() {
        if place > 0 { sink.appendLine() }
        let hidden = query.scope == .all ? 0 : survey.changes.count { $0.state.isDecided }
        text.write(run, survey.changes, GoldenArrangement(survey.changes, by: query), hidden: hidden, to: sink)
      }
    }
  }

  /// The filter that a person wrote.
  static func filter(_ text: String) throws(CommandFailure) -> GoldenFilter {
    do throws(FilterError) {
      return try GoldenFilter(parsing: text)
    } catch {
      throw .wrong("could not read the filter: \(error)")
    }
  }
}
