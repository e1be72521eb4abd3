internal import Dispatch
internal import Synchronization
internal import SystemKit
internal import TriageActions
internal import TriageMessages
internal import TriageModel
internal import TriageServices

/// Carries out what goes on for a while, one job after the other, and tells how far each has come.
final class JobQueue: Sendable {
  /// Jobs are told of at most so often.
  private static let pause = Duration.milliseconds(250)

  private struct State {
    var count = 0
    var cancellations: [Int: ProcessCancellation] = [:]
  }

  private let service: RerunService?
  private let history: HistoryOpener
  private let post: @Sendable (Event) -> Void
  private let queue = DispatchQueue(label: "assay.jobs")
  private let state = Mutex(State())

  init(service: RerunService?, history: HistoryOpener, post: @escaping @Sendable (Event) -> Void) {
    self.service = service
    self.history = history
    self.post = post
  }

  /// Begins a rerun; `learn` is called when attempts were kept that change what is known of its tests.
  func start(_ plan: RerunPlan, title: String, run: RunRef, commit: String?, learn: @escaping @Sendable () -> Void) {
    guard let service else { return }
    let cancellation = ProcessCancellation()
    let number = state.withLock { state in
      state.count += 1
      state.cancellations[state.count] = cancellation
      return state.count
    }
    var snapshot = RerunSnapshot(id: "")
    snapshot.rows = plan.tests.map { RerunSnapshot.Row(id: $0.id) }
    let waiting = Job(number: number, title: title, run: run, snapshot: snapshot)
    post(.job(waiting))
    queue.async {
      var service = service
      service.history = self.history.service
      let told = Told()
      do throws(RerunError) {
        _ = try service.run(plan, commit: commit, cancellation: cancellation) { snapshot in
          guard told.isDue(snapshot) else { return }
          var job = Job(number: number, title: title, run: run, snapshot: snapshot)
          job.tail = told.tail(snapshot.output.map { RerunService.tail(of: $0) } ?? [])
          self.post(.job(job))
          if told.isNews(snapshot) { learn() }
        }
      } catch {
        var job = waiting
        job.snapshot.state = .failed("could not rerun: \(error)")
        self.post(.job(job))
      }
      self.state.withLock { $0.cancellations[number] = nil }
    }
  }

  /// Ends a job.
  func cancel(_ number: Int) { state.withLock { $0.cancellations[number] }?.cancel() }

  /// When a job was told of last, and with how many attempts.
  private final class Told: Sendable {
    private let last = Mutex<(time: ContinuousClock.Instant?, ended: Int, tail: [String])>((nil, 0, []))

    /// The lines to show: those of the process before until the next one prints something.
    func tail(_ lines: [String]) -> [String] {
      last.withLock { last in
        if !lines.isEmpty { last.tail = lines }
        return last.tail
      }
    }

    /// Whether a snapshot is to be told: the end always is.
    func isDue(_ snapshot: RerunSnapshot) -> Bool {
      last.withLock { last in
        let now = ContinuousClock.now
        if snapshot.state == .running, let time = last.time, now - time < JobQueue.pause { return false }
        last.time = now
        return true
      }
    }

    /// Whether attempts have ended since it was asked last.
    func isNews(_ snapshot: RerunSnapshot) -> Bool {
      last.withLock { last in
        defer { last.ended = snapshot.ended }
        return snapshot.ended > last.ended
      }
    }
  }
}
