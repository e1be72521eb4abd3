internal import ArgumentParser
internal import RunHistory
internal import ItemQueries
internal import TriageModel
internal import TriageOutput
internal import TriageServices

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

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func validate() throws {
    if test == nil, !check { throw ValidationError("a test is missing, or --check") }
  }

  func run() throws {
    let surroundings = try Surroundings(repository: input.repository)
    guard surroundings.repository != nil else {
      throw CommandFailure.wrong("could not find runbooks: there is no repository here (-C)")
    }
    if check { try checkAll(surroundings) } else if let test { try show(test, surroundings) }
  }

  private func show(_ test: String, _ surroundings: Surroundings) throws {
    let reading = RunReading(surroundings: surroundings)
    let runs = try reading.read(try reading.request(input.paths, input.overrides)).runs
    let places = try TestChoice.places(of: test, in: runs)
    let newest = places.filter { $0.run == places.first?.run }
    var dossiers: [Int: RunDossier] = [:]
    for place in newest where dossiers[place.run] == nil {
      dossiers[place.run] = dossier(of: runs[place.run], among: runs, surroundings, surroundings.knownHistory)
    }
    let tests = newest.compactMap { place in dossiers[place.run].map { (dossier: $0, test: place.test) } }
    let report = RunbookReport(surroundings.runbooks, tests)
    let style = output.textStyle(surroundings.settings)
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.write(style, to: sink) }
    }
  }

  private func checkAll(_ surroundings: Surroundings) throws {
    let reading = RunReading(surroundings: surroundings)
    let paths = [test].compactMap(\.self) + input.paths
    let history = surroundings.knownHistory
    var runs: [Run] = []
    if !paths.isEmpty || reading.hasUsualRuns {
      runs = try reading.read(try reading.request(paths, input.overrides)).runs
    }
    let dossiers = runs.map { dossier(of: $0, among: runs, surroundings, history) }
    let check = try Surroundings.asked { () throws(HistoryError) in
      try RunbookCheck(surroundings.runbooks, dossiers, history: history)
    }
    let report = RunbookCheckReport(check)
    let style = output.textStyle(surroundings.settings)
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.write(style, to: sink) }
    }
    if check.isWrong { throw ExitCode(1) }
  }

  private func dossier(
    of run: Run, among runs: [Run], _ surroundings: Surroundings, _ history: HistoryService?
  ) -> RunDossier {
    var dossier = RunDossier(of: run, owners: OwnerLookup(surroundings.owners))
    do throws(HistoryError) {
      try dossier.learnAll(
        among: runs, history: history, goldens: surroundings.goldenFinder,
        causes: CauseBook(surroundings.repository), records: surroundings.records(history))
    } catch {
      StandardError.write("assay: could not read the history: \(error)")
    }
    return dossier
  }
}
