internal import CIProviders
internal import SystemKit
package import TriageActions
package import TriageModel

/// Has jobs of open runs run again where they ran, follows them, and brings their answer here.
package struct JobReruns: Sendable {
  /// Made when a service is asked: a screen that asks none reads no logins.
  private let setting: @Sendable () -> FetchSetting
  /// Seconds between two questions.
  private let pause: Double
  /// Is told of the folder of an answer before it is read.
  private let opened: @Sendable (String) -> Void

  /// Reruns that are followed by a question every so many seconds.
  package init(
    pause: Double, opened: @escaping @Sendable (String) -> Void, setting: @escaping @Sendable () -> FetchSetting
  ) {
    self.setting = setting
    self.pause = pause
    self.opened = opened
  }

  /// The jobs of a run, as its service tells of them now; or why they are not known.
  package func jobs(of run: RunInfo) -> Result<ServiceJobs, ActionRefusal> {
    do throws(FetchError) {
      let (fetcher, listed) = try found(run)
      return .success(try fetcher.jobs(of: listed))
    } catch {
      return .failure(ActionRefusal(error.clause))
    }
  }

  private func found(_ run: RunInfo) throws(FetchError) -> (RunFetcher, CIRun) {
    guard let link = run.link else {
      throw .service(link: run.name, .unsupported("nothing tells where \(run.name) ran: assay LINK opens runs of CI"))
    }
    let fetcher = try RunFetcher(link, setting())
    let runs = try fetcher.runs(CIChoice())
    // Only the newest attempt can be run again.
    return (fetcher, runs[0])
  }

  /// Asks for jobs of a run, and follows them until they have ended and what they left is here.
  ///
  /// - Parameters:
  ///   - isWanted: Asked between two questions; the jobs go on at their service when nobody follows them.
  ///   - tell: Told of each change, and at last of how it ended.
  package func run(
    _ choice: ServiceJobs.Choice, of run: RunInfo, isWanted: @escaping () -> Bool,
    tell: (RerunSnapshot, [String]) -> Void
  ) {
    let clock = setting().clock
    let began = clock.now()
    var following = Following(choice)
    func report(_ state: RerunSnapshot.State = .running) {
      following.snapshot.state = state
      following.snapshot.elapsed = clock.now() - began
      tell(following.snapshot, following.lines)
    }
    do throws(FetchError) {
      let (fetcher, listed) = try found(run)
      let rerun = try fetcher.rerun(choice.scope, of: listed)
      following.lines.append("asked \(fetcher.service) for \(choice.words)")
      following.lines.append("the answer is \(rerun.words) \(rerun.link ?? "")")
      report()
      while true {
        clock.wait(pause, isWanted)
        guard isWanted() else { return report(.cancelled) }
        guard let answer = try fetcher.run(rerun.identity) else { continue }
        following.take(try fetcher.jobs(of: answer))
        if !answer.isRunning {
          let fetched = try fetcher.fetch(answer)
          following.snapshot.folder = fetched.folder
          following.snapshot.warnings = fetched.losses
          opened(fetched.folder)
          return report(.finished)
        }
        report()
      }
    } catch {
      report(.failed("could not rerun: \(error.clause)"))
    }
  }

  /// How far the jobs that are followed have come.
  private struct Following {
    var snapshot = RerunSnapshot(id: "")
    var lines: [String] = []

    init(_ choice: ServiceJobs.Choice) {
      snapshot.isElsewhere = true
      snapshot.rows = choice.jobs.map { RerunSnapshot.Row(id: $0.name) }
      snapshot.most = choice.jobs.count
      let times = choice.jobs.compactMap(\.seconds)
      if times.count == choice.jobs.count { snapshot.expected = times.max() }
    }

    /// Takes how the jobs stand now; of those of one name the last counts.
    mutating func take(_ jobs: ServiceJobs) {
      for index in snapshot.rows.indices where snapshot.rows[index].counts.outcomes.isEmpty {
        guard let job = jobs.jobs.last(where: { $0.name == snapshot.rows[index].id }), let end = job.conclusion,
          let outcome = job.outcome
        else { continue }
        snapshot.rows[index].counts.add(outcome, of: nil)
        let time = job.seconds.flatMap { DurationText.of($0.rounded()) }.map { " after \($0)" } ?? ""
        snapshot.rows[index].sentence = "\(end)\(time)"
      }
      snapshot.ended = snapshot.rows.count { !$0.counts.outcomes.isEmpty }
      snapshot.running = jobs.isRunning ? snapshot.rows.count - snapshot.ended : 0
    }
  }
}

extension CIRerun {
  /// What people call the answer.
  package var words: String { identity.attempt > 1 ? "attempt \(identity.attempt)" : "run \(identity.id)" }
}

extension FetchError {
  /// What is wrong, without what was tried.
  fileprivate var clause: String {
    switch self {
    case .service(_, let error): "\(error)"
    case .noFolder, .cancelled: "\(self)"
    }
  }
}
