internal import SafeText
package import SystemKit
package import TriageModel

/// A CI service: which links are its own, how its runs are listed, what they left, how they are run again.
///
/// It asks by `CISession`, which carries out what all have in common; what it makes of answers is pure.
package protocol CIProvider: Sendable {
  /// The word before the project in a run's source, and in the short form of a link: `github:acme/shop`.
  static var id: String { get }
  /// The name for people.
  static var title: String { get }
  /// The links that it takes, as an example each, for the manual.
  static var links: [String] { get }
  /// The variables that a token comes from, the first that is set, for messages.
  static var tokens: [String] { get }
  /// Header lines of every request.
  static var headers: [String: String] { get }

  /// What a link leads to; nil for links of others.
  static func target(_ link: CILink, _ world: CIWorld) -> CITarget?
  /// Who asks, by the variables of the service, only for the hosts that they are for.
  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential?
  /// The runs of a target that are chosen, the newest first.
  static func runs(_ target: CITarget, _ choice: CIChoice, _ session: CISession) throws(CIError) -> [CIRun]
  /// What a run left.
  static func contents(of run: CIRun, _ target: CITarget, _ session: CISession) throws(CIError) -> CIContents
  /// Has a run's jobs run again there.
  static func rerun(
    _ scope: CIRerunScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun
}

extension CIProvider {
  package static var headers: [String: String] { ["Accept": "application/json"] }

  package static func rerun(
    _ scope: CIRerunScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    throw .unsupported("\(title) runs nothing again for assay")
  }
}

/// A link as people give it.
package enum CILink: Sendable, Equatable {
  /// An address, as copied from the browser.
  case web(WebAddress)
  /// A service's word and what stands behind its colon.
  case short(service: String, String)

  /// Reads a text; nil for what is no link but a path.
  package init?(_ text: String) {
    if text.contains("://") {
      guard let address = WebAddress(text) else { return nil }
      self = .web(address)
      return
    }
    guard let colon = text.firstIndex(of: ":"), CIProviders.all.contains(where: { $0.id == text[..<colon] }) else {
      return nil
    }
    self = .short(service: String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// Whether a text is meant as a link, even where it is none that can be read.
  package static func isMeant(_ text: String) -> Bool {
    CILink(text) != nil || text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.count > 1 && text.contains("://")
  }
}

/// What is known around a link: variables, logins, and whose hosts the person says are whose.
package struct CIWorld: Sendable {
  private let environment: [String: String]
  /// Hosts of services of one's own, with the service's id, as the person's settings name them.
  package let hosts: [String: String]
  /// The logins of `.netrc`.
  package let netrc: Netrc
  /// Asks a service's own tool for a token of a host, where the person's settings allow that.
  package let ask: @Sendable (_ service: String, _ host: String) -> Secret?

  /// What is known.
  package init(
    _ environment: [String: String], hosts: [String: String] = [:], netrc: Netrc? = nil,
    ask: @escaping @Sendable (_ service: String, _ host: String) -> Secret? = { _, _ in nil }
  ) {
    self.environment = environment.filter { !$0.value.isEmpty }
    self.hosts = hosts
    self.netrc = netrc ?? Netrc.read(environment)
    self.ask = ask
  }

  /// The value of the first variable that is set.
  package func value(_ names: String...) -> String? { names.lazy.compactMap { environment[$0] }.first }

  /// The secret in the first variable that is set.
  package func secret(_ names: [String]) -> Secret? {
    names.lazy.compactMap { environment[$0] }.first.flatMap { Secret($0.trimmingWhitespace) }
  }

  /// The address in a variable; a host alone counts too.
  package func server(_ names: String...) -> WebAddress? {
    guard let text = names.lazy.compactMap({ environment[$0] }).first else { return nil }
    return WebAddress(text.contains("://") ? text : "https://" + text)
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

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
    "success", "successful", "succeeded", "passed", "neutral", "skipped", "manual", "not_built", "not_run",
  ]

  /// Whether it tells of nothing wrong.
  package static func isSuccess(_ word: String) -> Bool { successes.contains(word.lowercased()) }
}

/// What a run left at its service.
package struct CIContents: Sendable, Equatable {
  /// Files and archives.
  package var artifacts: [CIArtifact] = []
  /// Jobs, those before a retry too.
  package var jobs: [CIJob] = []
  /// What the service itself knows of the tests, for runs whose artifacts hold no report.
  package var results: [CIResults] = []
  /// What is known to be missing, a sentence each.
  package var losses: [String] = []

  /// Nothing.
  package init() {}
}

/// An artifact.
package struct CIArtifact: Sendable, Equatable {
  /// Its name, or its path where it is one file of many.
  package var name: String
  /// Where it lies.
  package var address: WebAddress
  /// Bytes, where the service says so.
  package var size: Int?
  /// Whether it was taken away since.
  package var isExpired = false
  /// When it was or will be taken away.
  package var expiresAt: Timestamp?
  /// The SHA-256 of its bytes, where the service says so.
  package var sha256: ContentHash?
  /// Whether its name is a path of one file.
  package var isFile = false

  /// An artifact of a name at an address.
  package init(name: String, address: WebAddress) {
    self.name = name
    self.address = address
  }
}

/// A job of a run.
package struct CIJob: Sendable, Equatable {
  /// Its id at the service.
  package var id: String
  /// Its name, with the cell of a matrix.
  package var name: String
  /// How the service calls its end; nil before that.
  package var conclusion: String?
  /// The steps that did not succeed.
  package var failedSteps: [String] = []
  /// Where its log lies; nil where it has none.
  package var log: WebAddress?
  /// Whether the link is about it: its log is wanted however it ended.
  package var isMeant = false

  /// A job.
  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// Whether it ended otherwise than well.
  package var isFailed: Bool { conclusion.map { !CIConclusion.isSuccess($0) } ?? false }
}

/// Results of tests that a service keeps itself, for a job or a run: a JUnit document is made of them.
package struct CIResults: Sendable, Equatable {
  /// The name of the file.
  package var name: String
  /// Where they are asked for; the service reads the answer.
  package var address: WebAddress

  /// Results at an address.
  package init(name: String, address: WebAddress) {
    self.name = name
    self.address = address
  }
}

/// What of a run is run again.
package enum CIRerunScope: Sendable, Equatable {
  case failed
  case all
  case job(String)
}

/// What running again led to.
package struct CIRerun: Sendable, Equatable {
  /// Where the answer will be: the attempt of the same run, or another run.
  package var identity: RunIdentity
  /// The page for people.
  package var link: String?

  /// A rerun that was asked for.
  package init(identity: RunIdentity, link: String?) {
    self.identity = identity
    self.link = link
  }
}
