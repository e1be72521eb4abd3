internal import FailureAnalysis
internal import Foundation
internal import Synchronization
package import SystemKit
internal import TriageActions
internal import TriageModel

/// Finds out what a flaky test hangs on, by running it under conditions that differ in one thing.
extension RerunService {
  /// Seconds that a process takes beside its tests, where no run has told.
  private static let startup = 0.5

  /// What a search would do.
  package func causePlan(_ request: CauseRequest) -> CausePlan {
    var (request, order) = (request, request.order)
    (order.count, order.seed) = (.times(1), .random)
    leaveOutMissingFiles(&request)
    let abilities = planner(order).abilities(of: request.test)
    let finder = ConditionFinder(
      environment, keepsOrder: abilities.keepsOrder, hashSeedVariable: abilities.hashSeedVariable)
    var (known, missing) = finder.means(of: [.alone, .asInRun] + RerunCondition.usual)
    if abilities.keepsOrder, !request.knowsOrder {
      missing.append(MissingCondition(.asInRun, "no run says which tests ran before it (--from)"))
      missing.append(MissingCondition(.order, "no run says which other tests there are (--from)"))
    }
    let conditions = RerunCondition.usual.filter { known[$0] != nil }
    let question = request.question(conditions, keepsOrder: abilities.keepsOrder, error: error)
    let durations = Dictionary(
      (request.before + request.after).map { ($0.id, $0.duration) }, uniquingKeysWith: { first, _ in first })
    let cost = CauseCost(
      of: FlakeCauseSearch(question), startup: Self.startup, duration: request.test.duration,
      others: { durations[$0] ?? nil })
    known[.alone] = ConditionMeans()
    var alone = plan([request.test], order)
    if request.cut > 0 {
      alone.warnings.append(
        "\(CountText.of(request.cut, "test")) that ran before the others are left out: a command cannot name as many")
    }
    if request.gone > 0 {
      alone.warnings.append(
        "\(CountText.of(request.gone, "other test")) of the run \(request.gone == 1 ? "is" : "are") not here, and left out"
      )
    }
    return CausePlan(
      request: request, cost: cost, missing: missing, alone: alone, means: known, error: error)
  }

  /// Leaves out the tests whose files are not here: one of them would keep the others from being run.
  private func leaveOutMissingFiles(_ request: inout CauseRequest) {
    var known: [String: Bool] = [:]
    request.leaveOut { test in
      guard let end = test.id.firstRange(of: ".py::") else { return false }
      let file = test.id[..<end.lowerBound] + ".py"
      let isHere = known[String(file)] ?? has(String(file))
      known[String(file)] = isHere
      return !isHere
    }
  }

  /// Carries a search out and waits for its end; `observe` is told after each run that ends.
  package func findCause(
    _ plan: CausePlan, commit: String? = nil, cancellation: ProcessCancellation,
    observe: @escaping @Sendable (CauseSnapshot) -> Void
  ) throws(RerunError) -> CauseSnapshot {
    guard !plan.alone.invocations.isEmpty else {
      throw .nothing(plan.alone.refused.first?.why ?? "there is nothing to run")
    }
    let rerunFolder = try RerunFolder(in: folder, plugin: plugin)
    let (root, worktree) = try self.root(of: plan.request.order.place, commit, rerunFolder)
    defer { worktree?.remove() }
    let execution = CauseExecution(self, plan, rerunFolder, root: root, cancellation, observe)
    return execution.run()
  }
}

/// A search that is under way: batches of runs that may be made at once, one after the other.
private final class CauseExecution: Sendable {
  /// Threads that keep the processors busy: twice as many as there are, four at least.
  private static let busyThreads = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
  /// Tries of one run: what its framework does not know of the tests before is left out of the next.
  private static let mostTries = 20
  /// Reasons that are told of runs that tell nothing.
  private static let mostReasons = 5

  private struct State {
    var search: FlakeCauseSearch
    /// Tests that the framework does not know.
    var gone: Set<String> = []
    var warnings: [String] = []
    var stop: String?
  }

  private let service: RerunService
  private let plan: CausePlan
  private let rerunFolder: RerunFolder
  private let plain: RerunAttempt
  private let changed: RerunAttempt
  private let cancellation: ProcessCancellation
  private let observe: @Sendable (CauseSnapshot) -> Void
  private let tests: [String: RerunTest]
  private let began = ContinuousClock.now
  private let state: Mutex<State>

  init(
    _ service: RerunService, _ plan: CausePlan, _ rerunFolder: RerunFolder, root: String,
    _ cancellation: ProcessCancellation, _ observe: @escaping @Sendable (CauseSnapshot) -> Void
  ) {
    self.service = service
    self.plan = plan
    self.rerunFolder = rerunFolder
    self.cancellation = cancellation
    self.observe = observe
    let checkout = RerunCheckout(root: root, environment: service.environment)
    // What it does alone and unchanged is a rerun like any other; the rest tells nothing of the test as it is.
    plain = RerunAttempt(service, rerunFolder, root: root, checkout, keeps: true, cancellation)
    changed = RerunAttempt(service, rerunFolder, root: root, checkout, keeps: false, cancellation)
    let others = plan.request.before + plan.request.after
    tests = Dictionary(others.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let conditions = plan.cost.rows.map(\.condition)
    let keepsOrder = plan.means[.asInRun] != nil
    state = Mutex(
      State(search: FlakeCauseSearch(plan.request.question(conditions, keepsOrder: keepsOrder, error: plan.error))))
  }

  func run() -> CauseSnapshot {
    let jobs = max(1, plan.request.order.jobs)
    while !cancellation.isCancelled {
      let trials = state.withLock { $0.stop == nil ? $0.search.next(limit: jobs) : [] }
      if trials.isEmpty { break }
      let together = trials.filter { plan.means[$0.condition]?.isExclusive != true }
      let waiting = Mutex(together)
      ParallelWork.run(threads: together.count) { [self] in
        guard let trial = waiting.withLock({ $0.popLast() }) else { return nil }
        return { self.make(trial) }
      }
      for trial in trials where plan.means[trial.condition]?.isExclusive == true { make(trial) }
    }
    var last = snapshot
    last.state = state.withLock(\.stop).map { .failed($0) } ?? (cancellation.isCancelled ? .cancelled : .finished)
    observe(last)
    return last
  }

  private func make(_ trial: CauseTrial) {
    let means = plan.means[trial.condition] ?? ConditionMeans()
    var order = plan.request.order
    (order.count, order.seed, order.isInOrder) = (.times(1), .random, plan.means[.asInRun] != nil)
    (order.environment, order.wrapper) = (means.environment, means.wrapper)
    for round in 0..<Self.mostTries {
      let gone = state.withLock(\.gone)
      order.before = trial.before.filter { !gone.contains($0) }.compactMap { tests[$0] }
      guard let invocation = service.planner(order).plan([plan.request.test]).invocations.first else { return }
      let attempt = trial.number + 1
      let folder = rerunFolder.folder(attempt: attempt, process: round)
      let runner = order.isPlain && !means.isBusy ? plain : changed
      func run() -> RerunAttempt.Answer { runner.run(invocation, attempt: attempt, folder: folder) }
      let answer = means.isBusy ? BusyLoad.during(threads: Self.busyThreads, run) : run()
      if cancellation.isCancelled { return }
      if case .unusable? = answer.outcomes.first, round + 1 < Self.mostTries, leaveOutUnknown(order, folder) {
        continue
      }
      return take(answer, of: trial)
    }
  }

  /// Leaves out the tests before it that the framework says it does not know; false where it says so of none.
  private func leaveOutUnknown(_ order: RerunOrder, _ folder: String) -> Bool {
    guard !order.before.isEmpty, let framework = service.planner(order).framework(of: plan.request.test) else {
      return false
    }
    let output = String(decoding: RerunService.bytes(atEndOf: folder + "/output.log", 1 << 20), as: UTF8.self)
    let unknown = framework.unknownTests(output: output)
    let gone = order.before.map(\.id).filter { id in unknown.contains { $0 == id || $0.hasSuffix("/" + id) } }
    state.withLock { state in
      state.gone.formUnion(gone)
      for id in gone where state.warnings.count < Self.mostReasons {
        state.warnings.append("\(id) is not here, and left out of the tests before it")
      }
    }
    return !gone.isEmpty
  }

  private func take(_ answer: RerunAttempt.Answer, of trial: CauseTrial) {
    let outcome = answer.outcomes.first ?? .unusable(answer.problem ?? "it was not run")
    state.withLock { state in
      state.search.record(trial, outcome)
      var warnings = answer.warnings
      // A command that cannot be started at all under no condition is no trial that told nothing.
      if let problem = answer.problem {
        if trial.condition == .alone { state.stop = state.stop ?? problem }
      }
      if case .unusable(let why) = outcome { warnings.append("\(Self.name(trial.condition)): \(why)") }
      for warning in warnings where !state.warnings.contains(warning) && state.warnings.count < Self.mostReasons {
        state.warnings.append(warning)
      }
    }
    observe(snapshot)
  }

  /// What a condition is called where its tests would be too many to be named.
  private static func name(_ condition: RerunCondition) -> String {
    guard case .after(let tests) = condition, tests.count > 2 else { return condition.text }
    return "after \(CountText.of(tests.count, "test"))"
  }

  private var snapshot: CauseSnapshot {
    state.withLock { state in
      var snapshot = CauseSnapshot(cause: state.search.cause)
      snapshot.rows = state.search.tried.map {
        CauseSnapshot.Row(condition: $0.condition, before: $0.before.count, count: $0.count)
      }
      let elapsed = (ContinuousClock.now - began).components
      snapshot.elapsed = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
      snapshot.folder = rerunFolder.path
      snapshot.warnings = state.warnings
      return snapshot
    }
  }
}
