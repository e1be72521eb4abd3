internal import ArgumentParser
internal import TriageServices

/// `assay [PATH…]`: the screen; the list, when standard output is no terminal.
struct Open: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open runs in the screen; into a pipe, print the list.", shouldDisplay: false)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Read the files again when they change; follow runs of CI that have not ended.")
  var watch = false

  @Flag(name: .customLong("allow-ci"), help: "Let the screen decide on goldens although CI is set.")
  var allowsCI = false

  @Flag(name: .customLong("no-history"), help: "Do not add the runs to the history.")
  var leavesHistoryAlone = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let request =
      input.paths.isEmpty
      ? try GoldenReading(context: context).request([], input.overrides)
      : try RunReading(context: context).request(input.paths, input.overrides)
    if StandardOutput.isTerminal {
      let screen = TriageScreen(
        context: context, output: output, watches: watch, allowsCI: allowsCI,
        keepsHistory: !leavesHistoryAlone && !output.isReadOnly && !request.isWorkingTree)
      if watch { LinkFollower.start(input.paths.filter { LinkFetching.isLink($0) }, context) }
      try screen.show(request)
    } else {
      try Self.list(request, context, output)
    }
  }

  /// Prints the list of failing tests, and says on standard error what else there is.
  static func list(
    _ request: LoadRequest, _ context: CommandContext, _ output: OutputOptions, newestOnly: Bool = false
  ) throws {
    let answer = try ListAnswer(ListChoice(), context)
    let loaded = answer.completed(try RunReading(context: context).read(request))
    if !StandardOutput.isTerminal {
      StandardError.write(
        "assay: standard output is no terminal: this is the list; see also list, show, diff, doctor, demo")
    }
    answer.remark(on: loaded)
    try StandardOutput.write {
      answer.write(
        newestOnly ? Array(loaded.runs.prefix(1)) : loaded.runs, output.textStyle(context.settings), to: $0)
    }
  }
}
