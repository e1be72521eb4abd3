internal import ArgumentParser
internal import ItemQueries
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay mutes`: what is muted, and what became of it.
struct Mutes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutes",
    abstract: "List the mutes, the most urgent first; check them in CI; export them for a test tool.",
    discussion: """
      expired: its day is over, it mutes nothing. orphaned: its test is gone. healed: its test passes for as long as was \
      asked, so it can go. expiring: it ends within three days.
      """,
    subcommands: [MutesList.self, MutesCheck.self, MutesExport.self], defaultSubcommand: MutesList.self)
}

/// What the commands on mutes have in common.
struct MutesOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  /// The mutes as they stand.
  func table(_ context: CommandContext) throws(CommandFailure) -> MuteTable {
    let history = context.knownHistory
    let records = TeamRecords(
      context.repository, now: WallClock.now(environment: CommandContext.environment)
    ) { history?.rekeyed($0) ?? [:] }
    return try CommandContext.asked { () throws(HistoryError) in
      try MuteSurvey(history, context.configuration.mutes).table(of: records)
    }
  }
}

/// `assay mutes list`: the mutes.
struct MutesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the mutes (the default).", discussion: "Filters: \(MuteFilter.summary).")

  @OptionGroup var options: MutesOptions
  @OptionGroup var query: QueryOptions<MuteOrder>
  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let query = try query.query()
    var table = try options.table(context)
    table.rows = query.positions(in: table.rows).map { table.rows[$0] }
    let report = MuteReport(table, isFiltered: !query.filter.isEmpty)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }
}

/// `assay mutes check`: fails when a mute is expired, orphaned, without ticket or malformed.
struct MutesCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "For CI: status 1 when a mute is expired, orphaned, doubled or cannot be read, each named on a line.")

  @OptionGroup var options: MutesOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let report = MuteReport(try options.table(context))
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        for failure in report.failures { sink.appendLine(failure) }
        if report.failures.isEmpty { sink.appendLine("every mute is as it should be") }
      }
    }
    if !report.failures.isEmpty { throw ExitCode(1) }
  }
}

/// `assay mutes export --for pytest`: what makes a tool skip the muted tests.
struct MutesExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print what makes a test tool skip the muted tests.",
    discussion: MuteExport.Tool.allCases.map { "  \($0.usage)" }.joined(separator: "\n"))

  @OptionGroup var options: MutesOptions

  @Option(name: .customLong("for"), help: "The tool.")
  var tool: MuteExport.Tool

  @Flag(name: .customLong("wide"), help: "Skip tests too of which one failure alone is muted.")
  var isWide = false

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let records = context.records(nil)
    let export = MuteExport(records.mutes.mutes, on: records.mutes.today, for: tool, isWide: isWide)
    for words in export.left { StandardError.write("assay: not exported: \(words)") }
    try StandardOutput.write { sink in if !export.text.isEmpty { sink.appendLine(export.text) } }
  }
}

extension MuteExport.Tool: ExpressibleByArgument {}
