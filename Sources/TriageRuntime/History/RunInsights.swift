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
  /// `signatures` of the run need not be made again where they are there.
  package init(of run: Run, tests: [TestIndex], history: HistoryService, signatures: FailureSignatures? = nil) {
    let ofNote = tests.filter { run.table.outcome(of: $0).isFailing || run.table.outcome(of: $0) == .passedOnRetry }
    guard let judged = (try? history.verdicts(on: ofNote, of: run)) ?? nil else { return }
    verdicts = Dictionary(zip(ofNote, judged)) { first, _ in first }
    let signatures = signatures ?? FailureSignatures(of: ofNote, in: run.table)
    let grouping = CauseGrouper().group(signatures.counted(ofNote))
    let places = grouping.causeOfKey
    for test in ofNote {
      if let place = signatures.key(of: test).flatMap({ places[$0] }) { causes[test] = grouping.causes[place] }
    }
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
