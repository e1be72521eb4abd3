internal import ArgumentParser
internal import RunHistory
internal import ItemQueries
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay runbook TEST PATH…`: the pages for a failure; `--check`: what is wrong with the pages.
struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Show the runbook for a test's failure, or check all runbooks.",
    discussion: """
      Runbooks are Markdown pages in runbooks/, with a front matter that says which failures they are for \
      (assay manual runbooks). With --check all arguments are paths, and the exit status is 1 when a page cannot be \
      read, a failure has no page, a rule fits nothing or everything, or a link leads nowhere.
      """)

  @Argument(help: "The test: an id, the end of one, or any part that only one test has; with --check a path.")
  var test: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Check all runbooks, against the failures of the runs and of the history.")
  var check = false

  @Flag(help: "Make a page for the failure, filled with what is known of it.")
  var new = false

  @Option(help: ArgumentHelp("Tick the step of this number of the page, or take its tick away.", valueName: "number"))
  var tick: Int?

  @Flag(help: "Keep that the page helped: it comes first among pages that fit as well.")
  var helped = false

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Run the block of this number of the page: shows its text and asks first.", valueName: "number"))
  var block: Int?

  @Option(help: ArgumentHelp("With --run: another page than the first, by its path.", valueName: "page"))
  var page: String?

  @Flag(help: "With --run: do not ask; only for a page that is trusted as it is (assay trust PAGE).")
  var yes = false

  @Flag(name: .customLong("allow-ci"), help: "Write although CI is set.")
  var allowsCI = false

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func validate() throws {
    if test == nil, !check { throw ValidationError("a test is missing, or --check") }
    let writes = [new, helped, tick != nil, block != nil, check].count { $0 }
    if writes > 1 { throw ValidationError("--check, --new, --tick, --helped and --run exclude each other") }
    if block == nil, yes || page != nil { throw ValidationError("--yes and --page go with --run") }
    if json, block != nil { throw ValidationError("--run prints what the block prints, and no JSON") }
  }

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    guard context.repository != nil else {
      throw CommandFailure.wrong("could not find runbooks: there is no repository here (-C)")
    }
    if check { try checkAll(context) } else if let test { try show(test, context) }
  }

  private func show(_ test: String, _ context: CommandContext) throws {
    let reading = RunReading(context: context)
    let runs = try reading.read(try reading.request(input.paths, input.overrides)).runs
    let places = try TestChoice.places(of: test, in: runs)
    let newest = places.filter { $0.run == places.first?.run }
    var dossiers: [Int: RunDossier] = [:]
    for place in newest where dossiers[place.run] == nil {
      dossiers[place.run] = dossier(of: runs[place.run], among: runs, context, context.knownHistory)
    }
    let tests = newest.compactMap { place in dossiers[place.run].map { (dossier: $0, test: place.test) } }
    if let block { return try runBlock(block, for: try only(tests), context) }
    if new || helped || tick != nil { return try write(try only(tests), context) }
    let report = RunbookReport(context.runbooks, tests)
    let style = output.textStyle(context.settings)
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.write(style, to: sink) }
    }
  }

  private typealias Chosen = (dossier: RunDossier, test: TestIndex)

  /// The test that something is kept with.
  private func only(_ tests: [Chosen]) throws(CommandFailure) -> Chosen {
    guard let test = tests.first, tests.count == 1 else {
      throw .wrong("could not choose among \(tests.count) tests of one name")
    }
    return test
  }

  /// Shows a block, asks, runs it, and keeps with the failure how it ended.
  private func runBlock(_ number: Int, for chosen: Chosen, _ context: CommandContext) throws {
    let (library, service) = (context.runbooks, context.decisions(isReadOnly: output.isReadOnly, allowsCI: allowsCI))
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    guard let page = page ?? library.steps(for: chosen.test, in: chosen.dossier)?.page else {
      throw CommandFailure.wrong("could not run a block: no runbook fits this failure")
    }
    let offer: ScriptOffer
    do throws(ScriptRefusal) {
      let place = RunbookScript.Place(page: page, number: number)
      offer = try service.offer(place, for: chosen.test, in: chosen.dossier, library)
    } catch {
      throw CommandFailure.wrong("\(error)")
    }
    if let refusal = offer.refusal { throw CommandFailure.refused(refusal) }
    try ScriptProcess.confirm(offer, isSure: yes)
    do throws(JournalError) { try service.accept(offer, library) } catch { throw CommandFailure.refused("\(error)") }
    let end = ScriptProcess.run(offer, in: context.repository?.root ?? ".", CommandContext.environment)
    guard let status = end.status else {
      throw CommandFailure.wrong("could not run \(offer.script.place.words): \(end.words)")
    }
    do throws(JournalError) {
      StandardError.write("assay: \(try service.keep(offer, status: status))")
    } catch {
      throw CommandFailure.refused("could not keep that it was run: \(error)")
    }
    if status != 0 { throw ExitCode(1) }
  }

  /// Writes what is asked for, through the journal, and says so.
  private func write(_ chosen: Chosen, _ context: CommandContext) throws {
    let (dossier, test) = chosen
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: allowsCI)
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let library = context.runbooks
    do throws(JournalError) {
      if new {
        let path = try service.startRunbook(for: test, in: dossier, library)
        try? StandardOutput.write { $0.appendLine("started the runbook \(path) (assay undo takes it back)") }
        return
      }
    } catch {
      throw CommandFailure.refused("could not start a runbook: \(error)")
    }
    let mark = try mark(library.steps(for: test, in: dossier))
    do throws(JournalError) {
      let title = try service.keep(mark, at: test, in: dossier)
      try? StandardOutput.write { $0.appendLine("\(title) (assay undo takes it back)") }
    } catch {
      throw CommandFailure.refused("could not keep it: \(error)")
    }
  }

  private func mark(_ best: (page: String, steps: [String])?) throws(CommandFailure) -> RunbookMark {
    guard let best else { throw .wrong("could not keep it: no runbook fits this failure") }
    guard let tick else { return .helped(page: best.page) }
    guard best.steps.indices.contains(tick - 1) else {
      throw .wrong("could not tick step \(tick): \(best.page) has \(best.steps.count)")
    }
    return .tick(page: best.page, text: best.steps[tick - 1])
  }

  private func checkAll(_ context: CommandContext) throws {
    let reading = RunReading(context: context)
    let paths = [test].compactMap(\.self) + input.paths
    let history = context.knownHistory
    var runs: [Run] = []
    if !paths.isEmpty || reading.hasUsualRuns {
      runs = try reading.read(try reading.request(paths, input.overrides)).runs
    }
    let dossiers = runs.map { dossier(of: $0, among: runs, context, history) }
    let check = try CommandContext.asked { () throws(HistoryError) in
      try RunbookCheck(context.runbooks, dossiers, history: history)
    }
    let report = RunbookCheckReport(check)
    let style = output.textStyle(context.settings)
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.write(style, to: sink) }
    }
    if check.isWrong { throw ExitCode(1) }
  }

  private func dossier(
    of run: Run, among runs: [Run], _ context: CommandContext, _ history: HistoryService?
  ) -> RunDossier {
    var dossier = RunDossier(of: run, owners: OwnerLookup(context.owners))
    do throws(HistoryError) {
      try dossier.learnAll(
        among: runs, history: history, goldens: context.goldenFinder,
        causes: CauseRuleSet(context.repository), records: context.records(history))
    } catch {
      StandardError.write("assay: could not read the history: \(error)")
    }
    return dossier
  }
}
