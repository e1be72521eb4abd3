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
  private let elsewhere: JobReruns?
  private let post: @Sendable (Event) -> Void
  private let queue = DispatchQueue(label: "assay.jobs")
  /// Following what runs elsewhere is waiting: no job holds up another.
  private let following = DispatchQueue(label: "assay.following", attributes: .concurrent)
  private let state = Mutex(State())

  init(
    service: RerunService?, history: HistoryOpener, elsewhere: JobReruns?, post: @escaping @Sendable (Event) -> Void
  ) {
    self.service = service
    self.history = history
    self.elsewhere = elsewhere
    self.post = post
  }

  /// Begins a rerun; `learn` is called when attempts were kept that change what is known of its tests.
  func start(_ plan: Plan, run: RunRef, _ info: RunInfo, learn: @escaping @Sendable () -> Void) {
    let cancellation = ProcessCancellation()
    let number = state.withLock { state in
      state.count += 1
      state.cancellations[state.count] = cancellation
      return state.count
    }
    @Sendable func tell(_ snapshot: RerunSnapshot, _ tail: [String] = []) {
      var job = Job(number: number, title: plan.title, run: run, snapshot: snapshot)
      job.tail = tail
      post(.job(job))
    }
    var waiting = RerunSnapshot(id: "")
    if let choice = plan.jobs, let elsewhere {
      waiting.isElsewhere = true
      waiting.rows = choice.jobs.map { RerunSnapshot.Row(id: $0.name) }
      tell(waiting)
      following.async {
        elsewhere.run(choice, of: info, isWanted: { !cancellation.isCancelled }) { snapshot, tail in
          tell(snapshot, tail)
          if snapshot.state == .finished { self.post(.filesChanged) }
        }
        self.end(number)
      }
    } else if let rerun = plan.rerun, let service {
      waiting.rows = rerun.tests.map { RerunSnapshot.Row(id: $0.id) }
      tell(waiting)
      queue.async { [waiting] in
        var service = service
        service.history = self.history.service
        let told = Told()
        do throws(RerunError) {
          _ = try service.run(rerun, commit: info.commit, cancellation: cancellation) { snapshot in
            guard told.isDue(snapshot) else { return }
            tell(snapshot, told.tail(snapshot.output.map { RerunService.tail(of: $0) } ?? []))
            if told.isNews(snapshot) { learn() }
          }
        } catch {
          var ended = waiting
          ended.state = .failed("could not rerun: \(error)")
          tell(ended)
        }
        self.end(number)
      }
    }
  }

  private func end(_ number: Int) { state.withLock { $0.cancellations[number] = nil } }

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
