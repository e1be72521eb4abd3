internal import ArgumentParser
internal import RunHistory
internal import Runbooks
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay gate PATH…`: for CI, whether the failures stop a release.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "For CI: status 1 when a failure stops the release that no live mute covers.",
    discussion: """
      What pages and what no rule names stops it; what a rule calls ticket or ignore, what is muted and what passed on \
      retry is listed. Rules stand under gate: in .assay/config.yaml, or in a file of their own (--policy). With \
      fail_on: new, what the history knows to be broken or flaky in the same way is listed too. Status 3: nothing was \
      read, or a run is incomplete and --allow-partial was not given.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("A policy of its own, in place of gate: in the configuration.", valueName: "file"))
  var policy: String?

  @Option(help: "Who reads the answer.")
  var format = GateReport.Format.text

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Say what the policy would have done in so many days of the history, and judge nothing.", valueName: "days"),
    transform: HistoryOptions.days)
  var replay: Int?

  @Flag(help: "Tell the commands under notify: of the configuration, each cause once until it changes.")
  var notify = false

  @Flag(help: "Tell GitHub or GitLab: a check or status of the commit, and one comment of its pull or merge request.")
  var publish = false

  @Option(
    name: .customLong("publish-to"),
    help: ArgumentHelp("With --publish: a link to the pull or merge request, outside of its job.", valueName: "link"))
  var place: String?

  @Flag(name: .customLong("dry-run"), help: "With --publish: print the requests that would be sent, and send none.")
  var isDryRun = false

  @Flag(name: .customLong("allow-partial"), help: "Pass although a run is incomplete, as far as it is known.")
  var allowsPartial = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let settings = try policySettings(context)
    if let replay { return try self.replay(settings, days: replay, context) }
    let reading = RunReading(context: context)
    let evidence = GateEvidence(context)
    let dossiers = evidence.dossiers(try reading.read(try reading.request(input.paths, input.overrides)))
    if settings.failOn == .new, evidence.history == nil {
      StandardError.write("assay: without a history nothing is known to be old, so every failure counts (assay ingest)")
    }
    let answer = try evidence.gate(settings, from: policy ?? Configuration.file).judge(dossiers)
    let report = GateReport(answer, allowsPartial: allowsPartial)
    try StandardOutput.write { sink in
      report.write(json ? .json : format, style: output.textStyle(context.settings), to: sink)
    }
    for words in report.incomplete { StandardError.write("assay: incomplete: \(words)") }
    if notify { GateAlerts(context: context).send(answer) }
    if publish {
      try GatePublishing(context: context, isDryRun: isDryRun)
        .publish(
          answer, report, commit: dossiers.first?.run.info.commit,
          to: place ?? input.paths.first { LinkFetching.isLink($0) })
    }
    if answer.stops { throw ExitCode(1) }
    if answer.isPartial, !allowsPartial { throw ExitCode(3) }
  }

  private func replay(_ settings: GateSettings, days: Int, _ context: CommandContext) throws {
    let history = try context.history()
    let gate = try GateEvidence(context).gate(settings, from: policy ?? Configuration.file)
    let replay = try CommandContext.asked { () throws(HistoryError) in try gate.replay(days: days, history) }
    let report = GateReplayReport(replay)
    try StandardOutput.write { sink in
      if json || format == .json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }

  private func policySettings(_ context: CommandContext) throws(CommandFailure) -> GateSettings {
    guard let policy else { return context.configuration.gate }
    do throws(ConfigurationError) {
      guard let text = try TextFile.read(policy, shownAs: policy) else {
        throw .init(file: policy, cause: .system("there is no such file"))
      }
      return try GateSettings(text: text, file: policy)
    } catch {
      throw .wrong("could not read the policy: \(error)")
    }
  }
}

extension GateReport.Format: ExpressibleByArgument {}

/// What the gate and the hand-over know of runs: all that can be known.
struct GateEvidence {
  let context: CommandContext
  let history: HistoryService?
  let records: TeamRecords

  init(_ context: CommandContext) {
    self.context = context
    history = context.knownHistory
    records = context.records(history)
  }

  /// All that is known of runs, newest first.
  func dossiers(_ loaded: LoadedRuns) -> [RunDossier] {
    var runs = loaded.runs
    if let history, let completed = try? history.completed(runs) { runs = completed }
    for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
    let owners = OwnerLookup(context.owners)
    let book = CauseRuleSet(context.repository)
    let goldens = context.goldenFinder
    return runs.map { run in
      var dossier = RunDossier(of: run, owners: owners)
      do throws(HistoryError) {
        try dossier.learnAll(among: runs, history: history, goldens: goldens, causes: book, records: records)
      } catch {
        StandardError.write("assay: could not read the history: \(error)")
      }
      return dossier
    }
  }

  /// The gate of a policy.
  func gate(_ settings: GateSettings, from file: String = Configuration.file) throws(CommandFailure) -> Gate {
    do throws(RuleError) {
      return try Gate(
        settings, mutes: context.configuration.mutes, now: WallClock.now(environment: CommandContext.environment),
        history: history, runbooks: context.runbooks)
    } catch {
      throw .wrong("could not read the policy: \(file):\(error)")
    }
  }
}
