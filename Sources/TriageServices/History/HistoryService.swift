package import FailureAnalysis
internal import Foundation
package import RunHistory
package import TriageModel
package import Workspace

/// Opens a person's history; nil where there is none.
package typealias HistoryOpening = @Sendable () throws(HistoryError) -> HistoryService?

/// Opens the person's history and feeds it: where loaded runs and the store meet.
package struct HistoryService: Sendable {
  /// The store's file in the folder of the person's state.
  private static let file = "history.sqlite"

  /// The store.
  package let store: any HistoryStore
  /// The name that this repository's runs are kept under.
  package let repository: String
  /// The figures that every verdict hangs on.
  package var thresholds = Thresholds.standard
  /// Which failures are the infrastructure's.
  package var infraRules = InfraRules()
  let environment: [String: String]
  /// When the commits of the repository were made; nil outside of one.
  let commitTimes: CommitTimes?
  /// What opening had to say, as a sentence.
  package private(set) var notice: String?

  /// Opens the history of a person for a repository; outside of one, the current folder stands for it.
  package init(
    _ repository: Repository?, directories: Directories, environment: [String: String]
  ) throws(HistoryError) {
    let store = try SQLiteHistory(path: directories.state + "/" + Self.file)
    self.store = store
    notice = store.notice
    self.repository = RepositoryName.of(repository, environment: environment)
    self.environment = environment
    commitTimes = repository.map { CommitTimes(root: $0.root, environment: environment) }
    var maker = SignatureMaker()
    let carried = try store.rekey { maker.key(ofKept: $0) }
    if carried > 0 {
      notice =
        "failures are told apart more finely now; \(CountText.of(carried, "known text")) carried over, and what "
        + "cannot be told from its kept text reads as new once"
    }
  }

  /// The person's history where there is one already; nil when no run was ever added.
  package static func existing(
    _ repository: Repository?, directories: Directories, environment: [String: String]
  ) throws(HistoryError) -> HistoryService? {
    guard access(directories.state + "/" + file, F_OK) == 0 else { return nil }
    return try HistoryService(repository, directories: directories, environment: environment)
  }

  /// What a repository's configuration says of its history.
  package mutating func apply(_ configuration: Configuration) {
    thresholds = configuration.history.thresholds
    infraRules = InfraRules(
      configuration.infra.map {
        InfraRules.Rule(name: $0.name, message: $0.message, test: $0.test, labels: $0.labels)
      })
  }

  /// Adds a loaded run, with the signatures of what its failing tests said; those made already need not be made again.
  @discardableResult
  package func add(_ run: Run, signatures: FailureSignatures? = nil) throws(HistoryError) -> RunAdded {
    let signatures = signatures ?? FailureSignatures(of: run.table)
    let content = RunContent(run) { test in
      signatures.signature(of: test).map { ($0.key, $0.title) }
    }
    let added = try add(content)
    // A cause is known by what it was first seen as.
    if added != .known {
      let tests = run.testsOfNote.prefix(Self.mostJudged)
      try remember(RunCauses(of: Array(tests), signatures) { knownCauses(of: $0) })
    }
    return added
  }

  /// Adds a run that was made ready elsewhere.
  func add(_ content: RunContent) throws(HistoryError) -> RunAdded {
    try store.add(content, repository: repository, received: WallClock.now(environment: environment))
  }
}
