/// What of a run is run again where it ran.
package enum JobScope: Sendable, Equatable {
  case failed
  case all
  /// One job, by its id at the service.
  case job(String)
}

/// The jobs of a run, as its CI service tells of them.
package struct ServiceJobs: Sendable, Equatable {
  /// A job.
  package struct Job: Sendable, Equatable {
    /// Its id at the service.
    package var id: String
    /// Its name, with the cell of a matrix.
    package var name: String
    /// How long it took, where the service says so.
    package var seconds: Double?
    /// How the service calls its end; nil before that.
    package var conclusion: String?
    /// How it ended; nil before that, and where nothing tells.
    package var outcome: RerunOutcome?
    /// Whether it ended otherwise than well.
    package var isFailed: Bool { outcome?.isFailure == true }

    /// A job that has not ended.
    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// Which of them run again.
  package struct Choice: Sendable, Equatable {
    /// What the service is asked for.
    package var scope: JobScope
    /// The jobs.
    package var jobs: [Job]
    /// Both, with what they took the last time: `2 failed jobs (unit, contract), 14 min of machines the last time`.
    package var words: String
  }

  /// What people call the service.
  package var service: String
  /// What people call the run there.
  package var run: String
  /// Whether it has not ended.
  package var isRunning = false
  /// The jobs.
  package var jobs: [Job]

  /// The jobs of a run.
  package init(service: String, run: String, jobs: [Job]) {
    self.service = service
    self.run = run
    self.jobs = jobs
  }

  /// The word for the jobs that failed.
  static let failed = "failed"
  /// The word for all jobs.
  static let all = "all"

  /// The jobs that are meant: the one of a name, else by a word those that failed, or all.
  package func choice(_ wanted: String) throws(JobRefusal) -> Choice {
    if [Self.failed, Self.all].contains(wanted), !jobs.contains(where: { $0.name == wanted }) {
      return try choice(isAll: wanted == Self.all)
    }
    return try choice(job: wanted)
  }

  /// The job of a name.
  package func choice(job name: String) throws(JobRefusal) -> Choice {
    if isRunning { throw JobRefusal("\(run) has not ended") }
    guard let job = jobs.first(where: { $0.name == name }) else {
      throw JobRefusal("\(run) has no job \(name) (\(jobs.map(\.name).joined(separator: ", ")))")
    }
    return Choice(scope: .job(job.id), jobs: [job], words: "the job \(job.name)" + Self.cost([job]))
  }

  /// The jobs that failed, or all of them.
  package func choice(isAll: Bool) throws(JobRefusal) -> Choice {
    if isRunning { throw JobRefusal("\(run) has not ended") }
    if isAll {
      return Choice(scope: .all, jobs: jobs, words: "all \(CountText.of(jobs.count, "job"))" + Self.cost(jobs))
    }
    let failed = jobs.filter(\.isFailed)
    if failed.isEmpty { throw JobRefusal("no job of \(run) failed") }
    let names = failed.prefix(3).map(\.name).joined(separator: ", ") + (failed.count > 3 ? " …" : "")
    return Choice(
      scope: .failed, jobs: failed,
      words: CountText.of(failed.count, "failed job") + " (\(names))" + Self.cost(failed))
  }

  private static func cost(_ jobs: [Job]) -> String {
    let times = jobs.compactMap(\.seconds)
    guard !times.isEmpty, times.count == jobs.count else { return "" }
    let seconds = times.reduce(0, +)
    return seconds < 90
      ? ", \(Int(seconds)) s of machines the last time" : ", \(Int(seconds / 60)) min of machines the last time"
  }
}

/// Why no job is run again where it ran.
package struct JobRefusal: Error, Equatable, CustomStringConvertible {
  /// The clause.
  package let description: String

  /// A refusal.
  package init(_ description: String) { self.description = description }
}
