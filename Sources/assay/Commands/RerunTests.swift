internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import ItemQueries
internal import SafeText
internal import Synchronization
internal import SystemKit
internal import TriageActions
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay rerun TEST…`: runs tests again, here, as often as it takes.
struct RerunTests: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun",
    abstract: "Run tests again, here, and say what came of it.",
    discussion: """
      Tests are those of the newest run (--from), of the history, or named as their framework names them; --failed takes all \
      that failed in the paths. pytest, unittest, go test, swift test and ctest are known; rerun: in .assay/config.yaml says \
      how others are run, and with which options (assay manual reruns).

      Without a count each test runs once. All passing is never called fixed. What comes of it is kept beside the history \
      and shown with the verdict; it changes none on the runs of CI. Exit status 1 when a test failed, 3 when it is not \
      known of one.

      With --ci the word is a link of a run: its failed jobs run again at their service, after a question (assay manual \
      ci).
      """)

  @Argument(help: ArgumentHelp("The tests; with --failed paths of runs.", valueName: "test"))
  var words: [String] = []

  @OptionGroup var options: EvidenceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var count: RerunCountOptions
  @OptionGroup var there: RerunThereOptions

  @Flag(help: "All tests that failed in the paths.")
  var failed = false

  @Option(help: "Of these only the tests that a filter selects.")
  var filter: String?

  @Flag(name: .customLong("one-per-cause"), help: "Of tests with one cause only the first.")
  var onePerCause = false

  @Option(help: "Processes at a time; half of the cores without it.")
  var jobs: Int?

  @Option(help: "Seconds that one process may take.")
  var timeout: Double?

  @Option(help: "At which state: here, or run, the run's commit in a working tree of its own.", transform: Self.word)
  var at = RerunOrder.Place.here

  @Option(help: "With the seeds and inputs that the failure names (same), or others (random).", transform: Self.word)
  var seed = RerunOrder.Seed.same

  func validate() throws {
    if words.isEmpty, !failed, filter == nil, !there.ci { throw ValidationError("a test is missing, or --failed") }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs 1 to 256") }
    if let timeout, !(timeout > 0 && timeout <= 86_400) {
      throw ValidationError("--timeout needs seconds, up to a day")
    }
  }

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    if there.ci {
      return try RerunThere(context: context, options: there, isDryRun: options.isDryRun, output: output).run(words)
    }
    if output.isReadOnly { throw CommandFailure.refused("could not rerun: --read-only") }
    let history = try context.history()
    guard let service = context.reruns(history) else {
      throw CommandFailure.wrong("could not rerun: there is no repository here (-C)")
    }
    let choice = try RerunChoice(context, options, history).tests(
      words, isFailed: failed || words.isEmpty, filter, service)
    if count.why { return try findCause(choice, service, context) }
    let tests = onePerCause ? choice.onePerCause : choice.tests
    let plan = service.plan(tests, order(service, tests))
    let report = RerunReport(plan)
    for (test, why) in plan.refused {
      StandardError.write("assay: could not rerun \(Sanitizer.line(test.id, limit: 300)): \(why)")
    }
    if plan.invocations.isEmpty { throw CommandFailure.wrong("could not rerun: there is nothing to run") }
    for warning in plan.warnings { StandardError.write("assay: \(warning)") }
    if options.isDryRun {
      return try write {
        report.writePlan(to: $0)
      } json: {
        report.writePlanJSON(to: $0)
      }
    }
    try checkTrust(plan, service)
    let last = try watched { (cancellation, progress) throws(RerunError) in
      try service.run(plan, commit: choice.commit, cancellation: cancellation) { progress.show($0) }
    }
    try write {
      report.write(last, style: output.textStyle(context.settings), to: $0)
    } json: {
      report.writeJSON(last, to: $0)
    }
    if case .prove(let passes) = plan.order.count { offerToUnmute(last, passes, context, history) }
    try leave(last, plan)
  }

  /// Says of tests that are proven mended which mutes they need no longer.
  private func offerToUnmute(
    _ last: RerunSnapshot, _ passes: Int, _ context: CommandContext, _ history: HistoryService
  ) {
    let mutes = context.records(history).mutes.mutes
    for row in last.rows where row.counts.failed == 0 && row.counts.passesInRow >= passes {
      let name = StableName.of(row.id)
      for mute in mutes where mute.scope == .test(name) {
        StandardError.write(
          "assay: it is still muted by \(Sanitizer.line(mute.ticket)): assay unmute \(RerunCommand.quoted(Sanitizer.line(row.id, limit: 500)))"
        )
      }
    }
  }

  private func order(_ service: RerunService, _ tests: [RerunTest]) -> RerunOrder {
    var order = RerunOrder()
    order.count = count.count(tests, error: service.error)
    order.jobs = jobs ?? service.usualJobs
    order.timeLimit = timeout
    (order.place, order.seed) = (at, seed)
    return order
  }

  func write(_ text: (OutputSink) -> Void, json: (OutputSink) -> Void) throws {
    try StandardOutput.write { sink in if options.json { json(sink) } else { text(sink) } }
  }

  /// Does what takes long: ^C ends it with what is known by then, and a person at a terminal sees how far it is.
  func watched<Answer>(
    _ body: (ProcessCancellation, SharedProgress) throws(RerunError) -> Answer
  ) throws(CommandFailure) -> Answer {
    let cancellation = ProcessCancellation()
    let watch = InterruptWatch { cancellation.cancel() }
    defer { watch.end() }
    let progress = SharedProgress()
    defer { progress.erase() }
    do throws(RerunError) {
      return try body(cancellation, progress)
    } catch {
      throw .unreadable("could not rerun: \(error)")
    }
  }

  /// Throws where the plan has commands of the configuration that nobody trusts.
  func checkTrust(_ plan: RerunPlan, _ service: RerunService) throws(CommandFailure) {
    guard plan.needsTrust, !service.isTrusted() else { return }
    throw .refused("could not rerun: the commands of \(Configuration.file) are not trusted (assay trust)")
  }

  /// The status that says how it went: a failure before what is not known.
  private func leave(_ last: RerunSnapshot, _ plan: RerunPlan) throws {
    if case .failed(let why) = last.state { throw CommandFailure.unreadable(why) }
    if last.failing > 0 { throw ExitCode(1) }
    if case .prove(let passes) = plan.order.count, last.rows.contains(where: { $0.counts.passesInRow < passes }) {
      throw ExitCode(last.untold > 0 ? 3 : 1)
    }
    if last.state == .cancelled || last.untold > 0 || !plan.refused.isEmpty { throw ExitCode(3) }
  }

  private static func word<Word: MachineWord>(_ text: String) throws -> Word {
    if let word = Word(word: text) { return word }
    throw ValidationError("\(text) is none of \(Word.allCases.map(\.word).joined(separator: ", "))")
  }
}

/// How often tests are run again.
struct RerunCountOptions: ParsableArguments {
  @Option(help: "So many times.")
  var times: Int?

  @Flag(name: .customLong("until-fail"), help: "Until it fails, at most --most times.")
  var untilFail = false

  @Flag(
    name: .customLong("until-known"),
    help: "Until it is known whether it is flaky or fails always, at most --most times.")
  var untilKnown = false

  @Flag(help: "Until it passed as often in a row as its old rate asks for, which proves that it is mended.")
  var prove = false

  @Flag(help: "Under conditions that differ in one thing, until it is known what a flaky test hangs on.")
  var why = false

  @Option(help: "With --why runs at most; \(CauseRequest.usualBudget) without it.")
  var budget: Int?

  @Option(help: "Attempts at most; \(RerunOrder.usualMost) without it.")
  var most: Int?

  func validate() throws {
    let chosen = [times != nil, untilFail, untilKnown, prove, why].count { $0 }
    if chosen > 1 { throw ValidationError("only one of --times, --until-fail, --until-known, --prove and --why") }
    if budget != nil, !why { throw ValidationError("--budget needs --why") }
    if let budget, !(1...100_000).contains(budget) { throw ValidationError("--budget needs 1 to 100000") }
    if let times, !(1...100_000).contains(times) { throw ValidationError("--times needs 1 to 100000") }
    if let most, !(1...100_000).contains(most) { throw ValidationError("--most needs 1 to 100000") }
  }

  /// The count that is asked for, of some tests.
  func count(_ tests: [RerunTest], error: Double) -> RerunOrder.Count {
    if let times { return .times(times) }
    if untilFail { return .untilFail(most: most ?? RerunOrder.usualMost) }
    if untilKnown { return .untilKnown(most: most ?? RerunOrder.usualMost) }
    if prove { return .prove(passes: RerunStop.passes(of: tests, error: error)) }
    return .times(1)
  }
}

/// Tells a person at a terminal how far a rerun has come, from any thread.
final class SharedProgress: Sendable {
  private let line = Mutex(ProgressLine())

  /// Shows the counts.
  func show(_ snapshot: RerunSnapshot) {
    var words = "\(snapshot.ended) of at most \(snapshot.most) processes"
    if snapshot.running > 0 { words += ", \(snapshot.running) running" }
    let passed = snapshot.rows.reduce(0) { $0 + $1.counts.passed }
    let failed = snapshot.rows.reduce(0) { $0 + $1.counts.failed }
    words += ", \(passed) passed, \(failed) failed, \(Int(snapshot.elapsed)) s"
    if let expected = snapshot.expected { words += " of about \(Int(expected.rounded(.up))) s" }
    show(words)
  }

  /// Shows some words.
  func show(_ words: String) { line.withLock { $0.show(words) } }

  /// Takes the line away.
  func erase() { line.withLock { $0.erase() } }
}

/// Hears ^C once, so that what is known by then is said; the second one ends the program.
final class InterruptWatch {
  private let source: any DispatchSourceSignal

  init(_ heard: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      signal(SIGINT, SIG_DFL)
      heard()
    }
    source.resume()
  }

  /// Hears no more.
  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
