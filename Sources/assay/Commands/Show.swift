internal import ArgumentParser
internal import ItemQueries
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay show TEST PATH…`: one test, whole.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one test, whole: attempts, messages, stacks, output, properties.",
    discussion: "TEST is an id, the end of one, or any part that only one test has.")

  @Argument(help: "The test.")
  var test: String

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let surroundings = try Surroundings(repository: input.repository)
    let reading = RunReading(surroundings: surroundings)
    let runs = try reading.read(try reading.request(input.paths, input.overrides)).runs
    let found = try TestChoice.places(of: test, in: runs).map { (run: runs[$0.run], test: $0.test, number: $0.run) }
    // The newest run is shown whole; how the test ended in the others is one line each.
    let newest = found.filter { $0.number == found.first?.number }.map { (run: $0.run, test: $0.test) }
    let others = found.filter { $0.number != found.first?.number }.map { (run: $0.run, test: $0.test) }
    let insight = Self.insight(surroundings)
    try StandardOutput.write { sink in
      if json {
        TestJSON.write(newest + others, insight: insight, to: sink)
      } else {
        TestText(style: output.textStyle(surroundings.settings))
          .write(newest, others: others, insight: insight, to: sink)
      }
    }
  }

  /// What the history says of a test, and which commits can have turned it.
  private static func insight(_ surroundings: Surroundings) -> (Run, TestIndex) -> TestInsight? {
    guard let history = surroundings.knownHistory else { return { _, _ in nil } }
    let repository = surroundings.repository
    let search = CommitSearch(root: repository?.root, environment: Surroundings.environment)
    let ownFiles = OwnFiles { repository?.has($0) ?? false }
    return { run, test in
      guard let standing = history.standing(of: test, in: run) else { return nil }
      let commits = search.range(for: standing, of: test, in: run, ownFiles: ownFiles)
      return TestInsight(standing: standing, cause: nil, commits: commits)
    }
  }
}
