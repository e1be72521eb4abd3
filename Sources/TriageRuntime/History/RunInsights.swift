internal import Foundation
package import FailureAnalysis
internal import RunHistory
package import TriageModel
package import Workspace

/// What the history says of the failing tests of a run: verdicts, and which failures are one cause.
package struct RunInsights: Sendable {
  /// The verdict on each test; empty where the history does not have the run.
  package private(set) var verdicts: [TestIndex: Verdict] = [:]
  /// The cause of each failing test; empty where the history does not have the run.
  package private(set) var causes: [TestIndex: Cause] = [:]

  /// What the history says of some tests of a run.
  ///
  /// A run that was never added has nothing to be said of: no verdict is better than fifty that say so.
  package init(of run: Run, tests: [TestIndex], history: HistoryService) {
    let ofNote = tests.filter { run.table.outcome(of: $0).isFailing || run.table.outcome(of: $0) == .passedOnRetry }
    guard
      let judged = (try? history.verdicts(on: ofNote.map { run.table.id(of: $0) }, at: run.info.identity)) ?? nil
    else { return }
    verdicts = Dictionary(zip(ofNote, judged)) { first, _ in first }
    causes = Self.causes(of: run, ofNote)
  }

  private static func causes(of run: Run, _ tests: [TestIndex]) -> [TestIndex: Cause] {
    var maker = SignatureMaker()
    var keys: [TestIndex: SignatureKey] = [:]
    var counted: [SignatureKey: CountedSignature] = [:]
    for test in tests {
      guard let signature = maker.signature(of: test, in: run.table) else { continue }
      keys[test] = signature.key
      counted[signature.key, default: CountedSignature(signature, count: 0)].count += 1
    }
    let grouping = CauseGrouper().group(counted.values.sorted { $0.signature.key < $1.signature.key })
    let places = grouping.causeOfKey
    return keys.compactMapValues { places[$0].map { grouping.causes[$0] } }
  }
}

extension HistoryService {
  /// The person's history where there is one already; nil when no run was ever added, or it cannot be opened.
  package static func existing(
    _ repository: Repository?, directories: Directories, environment: [String: String]
  ) -> HistoryService? {
    guard access(directories.state + "/history.sqlite", R_OK) == 0 else { return nil }
    return try? HistoryService(repository, directories: directories, environment: environment)
  }
}
