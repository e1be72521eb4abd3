internal import FailureAnalysis
internal import RunHistory
internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageActions
internal import TriageModel
internal import Workspace

/// Runs one process of an attempt and reads what it left.
struct RerunAttempt: Sendable {
  /// What came of a process.
  struct Answer: Sendable {
    /// How each of its tests ended, in their order.
    var outcomes: [RerunOutcome] = []
    /// What each of them printed.
    var outputs: [String] = []
    /// Why nothing more can be run at all; nil when it can.
    var problem: String?
    /// What a person should know.
    var warnings: [String] = []
  }

  /// Bytes of output that are kept of a process, and its end besides.
  private static let longestOutput = 64 << 20
  /// Seconds between the request to end and the end.
  private static let grace = 2.0
  /// Bytes of output whose end is looked at where a process failed.
  private static let lookedAt = 8192

  private let service: RerunService
  private let rerunFolder: RerunFolder
  private let root: String
  private let checkout: RerunCheckout
  private let cancellation: ProcessCancellation
  /// Whether attempts are kept in the history: those under a condition that is tried tell nothing of the test as it is.
  private let keeps: Bool

  init(
    _ service: RerunService, _ rerunFolder: RerunFolder, root: String, _ checkout: RerunCheckout, keeps: Bool,
    _ cancellation: ProcessCancellation
  ) {
    self.keeps = keeps
    self.service = service
    self.rerunFolder = rerunFolder
    self.root = root
    self.checkout = checkout
    self.cancellation = cancellation
  }

  /// The file that a process's output is kept in.
  static func outputFile(_ invocation: RerunInvocation, _ folder: String) -> String {
    if case .output(let name) = invocation.report { return folder + "/" + name }
    return folder + "/output.log"
  }

  /// Runs it; what cannot be run is an answer too.
  func run(_ invocation: RerunInvocation, attempt: Int, folder: String) -> Answer {
    let tests = invocation.targets.map(\.test)
    guard mkdir(folder, 0o700) == 0 else {
      return Answer(problem: "could not make \(folder): \(SystemWords.last)")
    }
    let result: ProcessResult
    do throws(ProcessError) {
      result = try ProcessRunner.run(request(invocation, attempt, folder), cancellation: cancellation)
    } catch {
      let program = Sanitizer.line(invocation.arguments.first ?? "", limit: 200)
      return Answer(problem: "could not run \(program): \(error)")
    }
    var answer = Answer()
    if result.end == .timedOut {
      let why = "it did not end within \(Int(invocation.timeLimit)) s"
      answer.outcomes = tests.map { _ in .unusable(why) }
      return answer
    }
    if case .end(let framework) = invocation.report {
      answer.outcomes = tests.map { _ in ended(result, framework, folder) }
      answer.outputs = tests.map { _ in
        String(decoding: RerunService.bytes(atEndOf: folder + "/output.log", 200_000), as: UTF8.self)
      }
      keep(madeRun(of: invocation, answer.outcomes), attempt, folder, &answer)
    } else {
      read(invocation, result, attempt, folder, &answer)
    }
    if !answer.outcomes.contains(where: { $0 != .passed }), attempt > 3 {
      // The first passes are there to compare with; of more, nobody looks at what they printed.
      try? FileManager.default.removeItem(atPath: folder)
    }
    return answer
  }

  private func request(_ invocation: RerunInvocation, _ attempt: Int, _ folder: String) -> ProcessRequest {
    let report = folder + "/report.xml"
    var environment = service.environment
    // What only CI's own steps are to see does not make tests write snapshots here.
    for (name, value) in invocation.environment(attempt: attempt, report: report) { environment[name] = value }
    if let modules = rerunFolder.modules {
      environment["PYTHONPATH"] = [modules, environment["PYTHONPATH"]].compactMap(\.self).joined(separator: ":")
    }
    var request = ProcessRequest(
      invocation.arguments(attempt: attempt, report: report), environment: environment,
      output: .file(Self.outputFile(invocation, folder), limit: Self.longestOutput), timeLimit: invocation.timeLimit)
    request.folder = invocation.folder.isEmpty ? root : root + "/" + invocation.folder
    request.mergesErrors = true
    request.outputIsTerminal = invocation.usesTerminal
    request.hasOwnSession = true
    request.supervisor = service.supervisor
    request.grace = Self.grace
    return request
  }

  // MARK: - What came of it

  private func ended(_ result: ProcessResult, _ framework: String, _ folder: String) -> RerunOutcome {
    guard case .exited(let status) = result.end else { return .unusable("it \(result.end.words)") }
    if let framework = RerunFrameworks.named(framework) {
      return framework.outcome(status: status, output: RerunService.bytes(atEndOf: folder + "/output.log", 1 << 20))
    }
    switch status {
    case 0: return .passed
    case 126, 127: return .unusable("it ended with status \(status): the command could not be run")
    default: return .failed(nil)
    }
  }

  private func read(
    _ invocation: RerunInvocation, _ result: ProcessResult, _ attempt: Int, _ folder: String, _ answer: inout Answer
  ) {
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0 != "output.log" }.sorted().map { folder + "/" + $0 }
    var request = LoadRequest(paths: files, repositoryRoot: root, cacheFolder: folder + "/cache")
    request.isOneRun = true
    guard !files.isEmpty, let run = (try? RunLoader.load(request))?.runs.first, run.table.count > 0 else {
      let why = silence(result, folder)
      answer.outcomes = invocation.targets.map { _ in .unusable(why) }
      return
    }
    let signatures = FailureSignatures(of: run.table)
    let finder = RerunMatch(run.table)
    answer.outcomes = invocation.targets.map { target in
      guard let test = finder.test(target.test) else {
        return .unusable(Self.absence(in: run.table))
      }
      return Self.outcome(of: test, in: run.table, signatures)
    }
    answer.outputs = invocation.targets.map { finder.test($0.test).map { Self.output(of: $0, in: run.table) } ?? "" }
    keep(run, attempt, folder, &answer)
  }

  /// Why a test is not in a report: what failed there instead, a file that does not load for one.
  private static func absence(in table: TestTable) -> String {
    let words = "it was not among the tests that ran"
    guard let failure = table.tests(where: \.isFailing).first(where: { table.kind(of: $0) == .suite }) else {
      return words
    }
    let line = Sanitizer.line(table.text.string(table.headline(of: failure)), limit: 200)
    return line.isEmpty ? words : words + " (\(line))"
  }

  /// What a test printed in all attempts of its framework.
  private static func output(of test: TestIndex, in table: TestTable) -> String {
    table.attempts(of: test).flatMap { [$0.standardOutput, $0.standardError] }.map { table.text.string($0) }
      .joined(separator: "\n")
  }

  private static func outcome(
    of test: TestIndex, in table: TestTable, _ signatures: FailureSignatures
  ) -> RerunOutcome {
    switch table.outcome(of: test) {
    case .passed, .expectedFailure, .unexpectedPass: .passed
    case .skipped: .unusable("it was skipped here")
    case .passedOnRetry, .failed, .errored, .timedOut: .failed(signatures.key(of: test))
    }
  }

  /// Why a process that left no report says nothing, with the last line that it printed.
  private func silence(_ result: ProcessResult, _ folder: String) -> String {
    let text = String(decoding: RerunService.bytes(atEndOf: folder + "/output.log", Self.lookedAt), as: UTF8.self)
    let last = Sanitizer.lines(text).last { $0.contains { !$0.isWhitespace } }
    return "it \(result.end.words) and left no report" + (last.map { " (\(Sanitizer.line($0, limit: 200)))" } ?? "")
  }

  // MARK: - What is kept

  /// A run of the tests of a process that writes no report.
  private func madeRun(of invocation: RerunInvocation, _ outcomes: [RerunOutcome]) -> Run? {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "rerun", folder: "", format: "rerun"))
    for (target, outcome) in zip(invocation.targets, outcomes) {
      if case .unusable = outcome { continue }
      builder.add(
        AttemptRecord(
          suite: builder.suite(target.test.suite), name: builder.text(target.test.name),
          outcome: outcome == .passed ? .passed : .failed))
    }
    builder.endReport()
    let table = builder.table
    let info = RunInfo(identity: RunIdentity(source: "rerun", id: rerunFolder.id))
    return table.count == 0 ? nil : Run(info: info, table: table)
  }

  /// Adds a run to the history of reruns.
  private func keep(_ run: Run?, _ attempt: Int, _ folder: String, _ answer: inout Answer) {
    guard keeps, var run, let history = service.history?.reruns else { return }
    let name = folder.split(separator: "/").last.map { $0.dropFirst("attempt-".count) } ?? ""
    run.info.identity = RunIdentity(source: "rerun", id: rerunFolder.id + "." + name)
    run.info.commit = checkout.commit
    run.info.branch = checkout.branch
    run.info.startedAt = WallClock.now(environment: service.environment)
    run.info.labels = ["rerun": rerunFolder.id]
    if checkout.isDirty { run.info.labels["changed"] = "yes" }
    do throws(HistoryError) {
      try history.add(run)
    } catch {
      answer.warnings.append("could not keep an attempt in the history: \(error)")
    }
  }
}

/// Finds the tests of a plan in the report of a rerun: the same tool may write another report here than in CI.
struct RerunMatch {
  private let table: TestTable
  private let byID: [String: TestIndex]

  init(_ table: TestTable) {
    self.table = table
    var byID: [String: TestIndex] = [:]
    for index in 0..<table.count {
      let test = TestIndex(index)
      let id = table.id(of: test)
      // Of namesakes the one that failed is meant: a failure never reads green.
      if let known = byID[id], table.outcome(of: known).isFailing { continue }
      byID[id] = test
    }
    self.byID = byID
  }

  /// The test; nil when it did not run, or several could be meant.
  func test(_ wanted: RerunTest) -> TestIndex? {
    if let exact = byID[wanted.id] { return exact }
    let stable = StableName.of(wanted.id)
    let alike = byID.filter { StableName.of($0.key) == stable }.map(\.value)
    if alike.count == 1 { return alike[0] }
    let namesakes = byID.values.filter { table.name(of: $0) == wanted.name }
    let own = namesakes.filter { table.suiteName(table.suite(of: $0)).hasSuffix(wanted.suite) }
    if own.count == 1 { return own[0] }
    return namesakes.count == 1 ? namesakes[0] : nil
  }
}
