internal import Foundation
internal import Workspace
internal import Synchronization
package import SystemKit
package import TriageActions
package import TriageModel

/// Why a rerun could not be begun. The text fits "could not rerun: {error}".
package enum RerunError: Error, Equatable, CustomStringConvertible {
  /// No test can be run: the first test and why.
  case nothing(String)
  /// The folder for what it leaves cannot be made.
  case folder(String)
  /// The run's commit cannot be checked out.
  case commit(String)

  /// What the person is told.
  package var description: String {
    switch self {
    case .nothing(let why), .folder(let why), .commit(let why): why
    }
  }
}

extension RerunService {
  /// Carries a plan out and waits for its end; `observe` is told after each process that begins or ends.
  ///
  /// Processes that nothing is learned from any more are not started: a test that is known, or that failed where that was
  /// to be waited for, is left out of later attempts.
  package func run(
    _ plan: RerunPlan, commit: String? = nil, cancellation: ProcessCancellation,
    observe: @escaping @Sendable (RerunSnapshot) -> Void
  ) throws(RerunError) -> RerunSnapshot {
    guard !plan.invocations.isEmpty else { throw .nothing(plan.refused.first?.why ?? "there is nothing to run") }
    let rerunFolder = try RerunFolder(in: folder, plugin: plugin)
    let (root, worktree) = try self.root(of: plan.order.place, commit, rerunFolder)
    defer { worktree?.remove() }
    let execution = RerunExecution(self, plan, rerunFolder, root: root, cancellation, observe)
    ParallelWork.run(threads: plan.order.jobs) { execution.next() }
    return execution.finish()
  }

  /// The folder that tests are run in; a working tree of the run's commit is to be removed afterwards.
  func root(
    of place: RerunOrder.Place, _ commit: String?, _ folder: RerunFolder
  ) throws(RerunError) -> (root: String, worktree: RerunWorktree?) {
    guard place == .run else { return (repository.root, nil) }
    guard let commit else { throw .commit("the run does not say at which commit it was") }
    let made = try RerunWorktree(of: repository.root, at: commit, in: folder.path, environment)
    return (made.path, made)
  }
}

/// A rerun that is under way: what was started, what came of it, and what is to be started next.
final class RerunExecution: Sendable {
  private struct State {
    var snapshot: RerunSnapshot
    /// The attempt whose processes are being started.
    var attempt = 0
    /// Its processes that were not started yet.
    var waiting: [RerunInvocation] = []
    /// What each test printed, by its id.
    var differences: [String: RerunDifference] = [:]
    /// Why no more is started; nil while it goes on.
    var stop: String?
  }

  private let service: RerunService
  private let plan: RerunPlan
  private let planner: RerunPlanner
  private let rerunFolder: RerunFolder
  private let runner: RerunAttempt
  private let cancellation: ProcessCancellation
  private let observe: @Sendable (RerunSnapshot) -> Void
  private let began = ContinuousClock.now
  private let rule: RerunStop
  private let state: Mutex<State>

  init(
    _ service: RerunService, _ plan: RerunPlan, _ rerunFolder: RerunFolder, root: String,
    _ cancellation: ProcessCancellation,
    _ observe: @escaping @Sendable (RerunSnapshot) -> Void
  ) {
    self.service = service
    self.plan = plan
    self.rerunFolder = rerunFolder
    self.cancellation = cancellation
    self.observe = observe
    planner = service.planner(plan.order)
    rule = RerunStop(plan.order.count, error: service.error)
    let checkout = RerunCheckout(root: root, environment: service.environment)
    runner = RerunAttempt(service, rerunFolder, root: root, checkout, keeps: plan.order.isPlain, cancellation)
    var snapshot = RerunSnapshot(id: rerunFolder.id)
    snapshot.rows = plan.tests.map { RerunSnapshot.Row(id: $0.id) }
    snapshot.began = WallClock.now(environment: service.environment)
    snapshot.expected = plan.seconds
    snapshot.most = plan.invocations.count * plan.order.count.most
    snapshot.folder = rerunFolder.path
    snapshot.warnings = plan.warnings
    state = Mutex(State(snapshot: snapshot))
  }

  /// The next process to start; nil when there is none.
  func next() -> (@Sendable () -> Void)? {
    let piece = state.withLock { state -> (RerunInvocation, Int, String)? in
      if cancellation.isCancelled || state.stop != nil { return nil }
      if state.waiting.isEmpty {
        let open = openTests(state.snapshot)
        guard state.attempt < plan.order.count.most, !open.isEmpty else { return nil }
        state.attempt += 1
        // All tests of an attempt share processes as the first plan has them, less those that are known.
        state.waiting = open.count == plan.tests.count ? plan.invocations : planner.plan(open).invocations
      }
      guard !state.waiting.isEmpty else { return nil }
      let invocation = state.waiting.removeFirst()
      let folder = rerunFolder.folder(attempt: state.attempt, process: state.waiting.count)
      state.snapshot.running += 1
      state.snapshot.output = RerunAttempt.outputFile(invocation, folder)
      return (invocation, state.attempt, folder)
    }
    guard let (invocation, attempt, folder) = piece else { return nil }
    tell()
    return { [self] in take(runner.run(invocation, attempt: attempt, folder: folder), of: invocation) }
  }

  private func openTests(_ snapshot: RerunSnapshot) -> [RerunTest] {
    let counts = Dictionary(snapshot.rows.map { ($0.id, $0.counts) }) { first, _ in first }
    return plan.tests.filter { rule.isOpen(counts[$0.id] ?? RerunCounts(), of: $0) }
  }

  private func take(_ answer: RerunAttempt.Answer, of invocation: RerunInvocation) {
    let isCut = cancellation.isCancelled
    state.withLock { state in
      state.snapshot.running -= 1
      state.snapshot.ended += 1
      if let problem = answer.problem { state.stop = state.stop ?? problem }
      for warning in answer.warnings where !state.snapshot.warnings.contains(warning) {
        state.snapshot.warnings.append(warning)
      }
      // What was ended by a person's wish tells nothing, and is no attempt.
      if isCut { return }
      for (index, (target, outcome)) in zip(invocation.targets, answer.outcomes).enumerated() {
        if let isFailure = outcome.isFailure, index < answer.outputs.count {
          state.differences[target.test.id, default: RerunDifference()].add(answer.outputs[index], failed: isFailure)
        }
        guard let row = state.snapshot.rows.firstIndex(where: { $0.id == target.test.id }) else { continue }
        state.snapshot.rows[row].counts.add(outcome, of: target.test.signature)
        state.snapshot.rows[row].sentence = words(state.snapshot.rows[row].counts, of: target.test)
        state.snapshot.rows[row].ownLines = state.differences[target.test.id]?.lines ?? []
      }
    }
    tell()
  }

  private func words(_ counts: RerunCounts, of test: RerunTest) -> String {
    let sentence = RerunWords.sentence(counts)
    guard case .prove(let passes) = plan.order.count else { return sentence }
    if counts.failed > 0 { return sentence + "; not mended" }
    if counts.passesInRow < passes { return "\(counts.passed) of \(passes) passes in a row: not proven yet" }
    return RerunStop.proof(passes: counts.passesInRow, rate: test.failureRate, error: service.error)
  }

  private func tell() { observe(snapshot) }

  private var snapshot: RerunSnapshot {
    var snapshot = state.withLock { $0.snapshot }
    let elapsed = (ContinuousClock.now - began).components
    snapshot.elapsed = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    // What a test took in its run leaves out how long its framework takes to begin.
    if snapshot.ended > 0 { snapshot.expected = snapshot.elapsed / Double(snapshot.ended) * Double(snapshot.most) }
    return snapshot
  }

  /// What came of it all.
  func finish() -> RerunSnapshot {
    var last = snapshot
    if let stop = state.withLock({ $0.stop }) {
      last.state = .failed(stop)
    } else {
      last.state = cancellation.isCancelled ? .cancelled : .finished
    }
    observe(last)
    return last
  }
}
