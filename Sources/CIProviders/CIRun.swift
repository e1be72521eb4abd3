package import SystemKit
package import TriageModel

/// What a link leads to.
package struct CITarget: Sendable, Equatable {
  /// What of a project is meant.
  package enum Subject: Sendable, Equatable {
    case project
    case branch(String)
    /// A pull or merge request, by its number.
    case request(String)
    case commit(String)
    case run(String, attempt: Int?)
    /// One job; the run where the link names it.
    case job(String, run: String?)
  }

  /// The service's id.
  package var service: String
  /// Where its interface begins.
  package var api: WebAddress
  /// The project.
  package var project: String
  /// What of it is meant.
  package var subject: Subject

  /// What a link leads to.
  package init(service: String, api: WebAddress, project: String, subject: Subject) {
    self.service = service
    self.api = api
    self.project = project
    self.subject = subject
  }
}

/// Which runs are wanted.
package struct CIChoice: Sendable, Equatable {
  /// The newest so many; nil for those of the newest commit, or all where `since` is said.
  package var last: Int?
  /// Only of this branch.
  package var branch: String?
  /// Only those that did not succeed.
  package var isFailedOnly = false
  /// Only those that began since then.
  package var since: Timestamp?

  /// Whatever the link says.
  package init() {}

  /// The most that are listed where all are wanted.
  static let most = 10_000

  /// Those of listed runs, the newest first, that are wanted.
  package func chosen(_ runs: [CIRun]) -> [CIRun] {
    let fitting = runs.filter { run in
      (!isFailedOnly || run.isFailed) && (branch == nil || run.branch == branch)
        && (since == nil || run.startedAt.map { $0 >= since ?? $0 } ?? true)
    }
    if since != nil { return Array(fitting.prefix(last ?? Self.most)) }
    if let last { return Array(fitting.prefix(last)) }
    let newest = fitting.first
    return fitting.filter { newest?.commit == nil ? $0 == newest : $0.commit == newest?.commit }
  }
}

/// A run as its service lists it.
package struct CIRun: Sendable, Equatable {
  /// Who it is in the history.
  package var identity: RunIdentity
  /// What people call it.
  package var title: String
  /// What is tested.
  package var commit: String?
  /// The branch.
  package var branch: String?
  /// When it began.
  package var startedAt: Timestamp?
  /// Whether it has not ended.
  package var isRunning = false
  /// How the service calls its end; nil before that.
  package var conclusion: String?
  /// Labels: the workflow.
  package var labels: [String: String] = [:]
  /// The page for people.
  package var link: String?
  /// What the service needs to ask for more.
  package var handle: [String: String] = [:]
  /// What is known to be missing, a sentence each.
  package var losses: [String] = []

  /// A run.
  package init(identity: RunIdentity, title: String) {
    self.identity = identity
    self.title = title
  }

  /// Whether it ended otherwise than well.
  package var isFailed: Bool { conclusion.map { !CIConclusion.isSuccess($0) } ?? false }
}

/// How services call the end of runs and jobs.
package enum CIConclusion {
  private static let successes: Set<String> = [
    "success", "successful", "succeeded", "succeededwithissues", "passed", "finished",
  ]

  private static let leftOut: Set<String> = ["neutral", "skipped", "manual", "not_built", "not_run"]

  /// Whether it tells that nothing was run: neither well nor ill.
  package static func isLeftOut(_ word: String) -> Bool { leftOut.contains(word.lowercased()) }

  /// Whether it tells of nothing wrong.
  package static func isSuccess(_ word: String) -> Bool {
    isLeftOut(word) || successes.contains(word.lowercased())
  }
}
