package import Runbooks
package import TriageModel
package import TriageServices

/// What texts are made from besides the run they are about.
package struct DocumentSources {
  /// Tells the repository's own files.
  package var ownFiles: OwnFiles
  /// The open runs, newest first.
  package var runs: [Run] = []
  /// The history; nil where none is kept. It may have to be opened.
  package var history: () -> HistoryService? = { nil }
  /// What the history says of a test; nil while it has not spoken.
  package var standing: (TestIndex) -> TestStanding? = { _ in nil }
  /// The commits where a test turned.
  package var commits: (TestIndex, TestStanding) -> CommitRange? = { _, _ in nil }
  /// What git prints of a commit; nil when it cannot.
  package var patch: (String) -> [UInt8]? = { _ in nil }
  /// The causes of the run's failures, as the list names them; nil while they are not known.
  package var causes: CauseNames?
  /// The runbooks of the repository; nil where there is none.
  package var runbooks: RunbookLibrary?
  /// The runbooks for the failure of a test, the best first.
  package var pages: (TestIndex) -> [RunbookIndex.Found] = { _ in [] }
  /// What people kept of a test's failure, oldest first.
  package var notes: (TestIndex) -> [Note] = { _ in [] }
  /// Who owns a test.
  package var owner: (TestIndex) -> String? = { _ in nil }

  /// Nothing but the repository's files.
  package init(ownFiles: OwnFiles) { self.ownFiles = ownFiles }
}
