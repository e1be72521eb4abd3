internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// Since when something is told: hours, days or a moment.
struct SinceTime: ExpressibleByArgument {
  /// The moment, seen from now.
  let moment: @Sendable (Timestamp) -> Timestamp

  /// The last so many hours.
  init(hours: Int64) { moment = { Timestamp(milliseconds: $0.milliseconds - hours * 3_600_000) } }

  init?(argument: String) {
    let units: [Character: Int64] = ["h": 3_600_000, "d": 86_400_000]
    if let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()),
      (0...100_000).contains(count)
    {
      moment = { Timestamp(milliseconds: $0.milliseconds - count * unit) }
    } else if let time = Timestamp(iso8601: argument) {
      moment = { _ in time }
    } else {
      return nil
    }
  }
}

/// `assay handoff PATH…`: what whoever comes next has to know, as Markdown.
struct Handoff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handoff",
    abstract: "Print what is open, decided, muted and noted, as Markdown for whoever comes next.",
    discussion: """
      What is open is what the gate would say of the runs (assay gate); decisions on goldens and notes are everybody's, \
      mutes and rules on causes those of your own journal.
      """)

  @OptionGroup var input: InputOptions

  @Option(help: ArgumentHelp("How far back: 12h, 3d, or a moment as 2026-11-28T20:00Z.", valueName: "time"))
  var since = SinceTime(hours: 24)

  @Flag(help: "One JSON object instead of Markdown; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let reading = RunReading(context: context)
    let evidence = GateEvidence(context)
    let now = WallClock.now(environment: CommandContext.environment)
    let since = self.since.moment(now)
    var dossiers: [RunDossier] = []
    if !input.paths.isEmpty || reading.hasUsualRuns {
      dossiers = evidence.dossiers(try reading.read(try reading.request(input.paths, input.overrides)))
    }
    var handover = Handover(since: since, gate: try evidence.gate(context.configuration.gate).judge(dossiers))
    let service = context.decisions(isReadOnly: true, allowsCI: true)
    (handover.decisions, handover.problems) = service.decisions(since: since)
    handover.problems += evidence.records.problems
    handover.notes = evidence.records.notes.all.filter { $0.time >= since }
    handover.mutes = try evidence.mutes().rows.filter { $0.state.needsAttention }
    if let run = dossiers.first?.run { handover.look = try? evidence.history?.look(at: run, isKept: false) }
    let report = HandoverReport(handover)
    try StandardOutput.write { json ? report.writeJSON(to: $0) : report.write(to: $0) }
  }
}

/// `assay review weekly`: the agenda of the flake meeting.
struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Print the agenda of a round of the team.", subcommands: [ReviewWeekly.self])
}

/// `assay review weekly [PATH…]`.
struct ReviewWeekly: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weekly",
    abstract: "The agenda of the flake meeting, as Markdown: costly flakes, mutes, causes without runbook or ticket.")

  @OptionGroup var input: InputOptions

  @Flag(help: "One JSON object instead of Markdown; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let history = try context.history()
    let evidence = GateEvidence(context)
    let reading = RunReading(context: context)
    var dossiers: [RunDossier] = []
    if !input.paths.isEmpty || reading.hasUsualRuns {
      dossiers = evidence.dossiers(try reading.read(try reading.request(input.paths, input.overrides)))
    }
    let gate = try evidence.gate(context.configuration.gate).judge(dossiers)
    let now = WallClock.now(environment: CommandContext.environment)
    let week = Timestamp(milliseconds: now.milliseconds - 7 * 86_400_000)
    let survey = FlakeSurvey(history, OwnerLookup(context.owners))
    let decided = (try? context.decisions(isReadOnly: true, allowsCI: true).goldenDecisions(since: week)) ?? []
    let flakes = try CommandContext.asked { () throws(HistoryError) in
      try survey.table(of: HistoryFilter(.days(30)), isAll: false)
    }
    let review = WeeklyReview(
      flakes: flakes ?? FlakeTable(problem: nil),
      mutes: try evidence.mutes().rows.filter { $0.state.needsAttention },
      causes: gate.lines.filter { $0.ruling != .retried && ($0.runbook == nil || $0.ticket == nil) },
      decisions: decided,
      slower: try CommandContext.asked { () throws(HistoryError) in try history.slower(inDays: 7) })
    let report = WeeklyReport(review)
    try StandardOutput.write { json ? report.writeJSON(to: $0) : report.write(to: $0) }
  }
}

extension SinceTime: CustomStringConvertible {
  var description: String { "24h" }
}

extension GateEvidence {
  /// The mutes as they stand.
  func mutes() throws(CommandFailure) -> MuteTable {
    try CommandContext.asked { () throws(HistoryError) in
      try MuteSurvey(history, context.configuration.mutes).table(of: records)
    }
  }
}
