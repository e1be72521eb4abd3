internal import ArgumentParser
internal import FailureAnalysis
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay flaky`: the tests that flake, the costliest first.
struct Flaky: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List flaky tests of the history, the costliest first, with their evidence.",
    discussion: """
      The cost is the minutes of failed and retried attempts and 28 minutes of a person for each failure (or what \
      history: triage_minutes says). A test that is broken is not flaky; assay history TEST says which.
      """)

  @OptionGroup var options: HistoryOptions
  @OptionGroup var owner: OwnerOption
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let surroundings = try Surroundings(repository: options.repository)
    let service = try surroundings.history()
    let runs = try Surroundings.asked { () throws(HistoryError) in try service.records(options.filter) }
    let known = Dictionary(runs.map { ($0.key, $0) }) { first, _ in first }
    var flaky = try Surroundings.asked { () throws(HistoryError) in try service.flaky(options.filter) }
    if let isWanted = owner.filter(surroundings) { flaky.removeAll { !isWanted($0.test) } }
    let items = flaky.prefix(limit.limit ?? .max).map { test in
      FlakyReport.Item(
        test: test.test, verdict: test.verdict, failures: test.statistics.failures,
        passedOnRetry: test.statistics.passedOnRetry, minutes: test.statistics.minutes, cost: test.statistics.cost,
        trend: test.statistics.trend, lastSeen: test.statistics.lastSeen.flatMap { known[$0] },
        owner: surroundings.owner(ofTest: test.test))
    }
    let report = FlakyReport(items, total: flaky.count, runs: runs.count)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(surroundings.settings), to: sink)
      }
    }
  }
}
