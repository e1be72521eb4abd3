internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay health [PATH…]`: the service-level figures, as the Health screen shows them.
struct Health: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "The service-level figures of the tests against their targets, with trend and error budget.",
    discussion: """
      The figures are counted over the runs of the history (assay ingest); PATHs are the run whose golden changes wait. \
      Targets and budget stand under targets: and budget: in .assay/config.yaml. With --check the status is 1 when a \
      target is missed; what is not known is said on standard error, and is missed with --strict.
      """)

  @Argument(help: "The newest run: reports, folders or archives, for what waits in it.", completion: .file())
  var paths: [String] = []

  @OptionGroup var options: HealthOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "A table of Markdown instead of text.")
  var markdown = false

  @Flag(help: "For CI: status 1 when a target is missed.")
  var check = false

  @Option(
    help: ArgumentHelp("Only this figure, by its id or name, with what it is made of.", valueName: "figure"),
    transform: Self.figure)
  var figure: HealthKind?

  @Flag(help: "How often assay was right: the same as --figure verdicts.")
  var verdicts = false

  @Flag(help: "With --check: what is not known is missed.")
  var strict = false

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let chosen = verdicts ? HealthKind.verdicts : figure
    let report = try HealthText(report(context), only: chosen)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else if markdown {
        report.writeMarkdown(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
    guard check else { return }
    for words in report.unknown { StandardError.write("assay: unknown: \(words)") }
    if report.isMissed || strict && !report.unknown.isEmpty { throw ExitCode(1) }
  }

  private static func figure(_ name: String) throws -> HealthKind {
    if let kind = HealthKind.named(name) { return kind }
    throw ValidationError("\(name) is none of \(HealthKind.all.map(\.id).joined(separator: ", "))")
  }

  private func report(_ context: CommandContext) throws -> HealthReport {
    let history = try context.history()
    var sources = context.healthSources(history)
    if !paths.isEmpty {
      let reading = RunReading(context: context)
      let loaded = try reading.read(reading.request(paths, RunOverrides()))
      for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
      sources.waiting = loaded.runs.first.map { run in
        HealthSources.Waiting(context.goldenFinder.survey(run, others: loaded.runs))
      }
    }
    return try CommandContext.asked { () throws(HistoryError) in
      try HealthSurvey(history, sources).report(of: options.filter)
        ?? HealthReport(window: options.filter.window)
    }
  }
}

/// Which runs of the history the figures are of.
struct HealthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Days back from the newest run, or all.", valueName: "days"), transform: HistoryOptions.window)
  var window = HistoryWindow.days(90)

  @Option(help: "Only runs of this branch; else the branch that others come from.")
  var branch: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "KEY=VALUE"))
  var labels: [RunLabel] = []

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  /// The runs that are meant.
  var filter: HistoryFilter {
    var filter = HistoryFilter(window)
    filter.branch = branch
    for label in labels { filter.labels[label.key] = label.value }
    return filter
  }
}

extension CommandContext {
  /// What figures are counted from besides the history.
  func healthSources(_ history: HistoryService?) -> HealthSources {
    let now = WallClock.now(environment: Self.environment)
    return HealthSources(
      repository: repository, settings: configuration.health,
      records: TeamRecords(repository, now: now) { history?.rekeyed($0) ?? [:] },
      cacheFolder: Self.directories.cache)
  }
}
