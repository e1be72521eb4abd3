internal import ArgumentParser
internal import ItemQueries
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay list PATH…`: failing tests, for people and pipes.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List failing tests, or all of them, as text or JSON.",
    discussion: """
      Filters as in the screen: \(TestFilter.summary). A filter chooses among failing tests; among all with --all, or \
      when it asks for an outcome.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var options: ListOptions

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let reading = RunReading(context: context)
    let request = try reading.request(input.paths, input.overrides)
    let answer = try ListAnswer(options.choice, context, isJSON: json)
    let loaded = answer.completed(try reading.read(request))
    answer.remark(on: loaded)
    let style = output.textStyle(context.settings)
    try StandardOutput.write { sink in
      if json {
        answer.writeJSON(loaded.runs, to: sink)
      } else {
        answer.write(loaded.runs, style, to: sink)
      }
    }
  }
}

/// Which tests are listed, and how.
struct ListOptions: ParsableArguments {
  @Flag(help: "All tests, not only failing ones.")
  var all = false

  @Option(help: "Only tests that a filter selects.")
  var filter = ""

  @Option(help: "What tests are grouped by.")
  var group = Grouping.suite

  /// The same as a plain value.
  var choice: ListChoice { ListChoice(isAll: all, filter: filter, group: group) }
}

extension Grouping: ExpressibleByArgument {}
