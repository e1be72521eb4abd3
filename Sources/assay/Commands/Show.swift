internal import ArgumentParser
internal import ItemQueries
internal import Runbooks
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay show TEST PATH…`: one test, whole.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one test, whole: attempts, messages, stacks, output, properties.",
    discussion: "TEST is an id, the end of one, or any part that only one test has.")

  @Argument(help: "The test.")
  var test: String

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let reading = RunReading(context: context)
    let runs = try reading.read(try reading.request(input.paths, input.overrides)).runs
    let found = try TestChoice.places(of: test, in: runs).map { (run: runs[$0.run], test: $0.test, number: $0.run) }
    // The newest run is shown whole; how the test ended in the others is one line each.
    let newest = found.filter { $0.number == found.first?.number }.map { (run: $0.run, test: $0.test) }
    let others = found.filter { $0.number != found.first?.number }.map { (run: $0.run, test: $0.test) }
    let insight = Self.insight(context, among: runs)
    try StandardOutput.write { sink in
      if json {
        TestJSON.write(newest + others, insight: insight, to: sink)
      } else {
        TestText(style: output.textStyle(context.settings))
          .write(newest, others: others, insight: insight, to: sink)
      }
    }
  }

  /// What the history says of a test, which commits can have turned it, its runbook, and the lines
  /// that its tests ran.
  private static func insight(_ context: CommandContext, among runs: [Run]) -> (Run, TestIndex) -> TestInsight? {
    let history = context.knownHistory
    let repository = context.repository
    let search = CommitSearch(root: repository?.root, environment: CommandContext.environment)
    let ownFiles = OwnFiles { repository?.has($0) ?? false }
    let records = context.records(history)
    let library = context.runbooks
    let pages = library.finder()
    return { run, test in
      var dossier = RunDossier(of: run, owners: OwnerLookup(context.owners))
      dossier.take(FailureSignatures(of: [test], in: run.table))
      let standing = history?.standing(of: test, in: run)
      if let standing { dossier.take([test: standing]) }
      dossier.take(records)
      if library.asksForGoldens {
        dossier.take(goldenTests: run.tests(of: context.goldenFinder.survey(run, others: []).changes))
      }
      let commits = standing.flatMap { search.range(for: $0, of: test, in: run, ownFiles: ownFiles) }
      var insight = TestInsight(standing: dossier.standings[test] ?? standing, cause: nil, commits: commits)
      if run.table.isOfNote(test) { insight.take(pages(test, dossier)) }
      insight.coverage = search.coverage(of: test, in: run, among: runs)
      insight.notes = dossier.notes(on: test)
      return insight
    }
  }
}
