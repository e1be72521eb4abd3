internal import TriageMessages
internal import TriageModel

/// What texts are made from besides the run they are about.
struct DocumentSources {
  /// Tells the repository's own files.
  var ownFiles: OwnFiles
  /// The open runs, newest first.
  var runs: [Run] = []
  /// The history; nil where none is kept. It may have to be opened.
  var history: () -> HistoryService? = { nil }
  /// What the history says of a test; nil while it has not spoken.
  var standing: (TestIndex) -> TestStanding? = { _ in nil }
  /// The commits where a test turned.
  var commits: (TestIndex, TestStanding) -> CommitRange? = { _, _ in nil }
  /// What git prints of a commit; nil when it cannot.
  var patch: (String) -> [UInt8]? = { _ in nil }
  /// The causes of the run's failures, as the list names them; nil while they are not known.
  var causes: CauseNames?
  /// Who owns a test.
  var owner: (TestIndex) -> String? = { _ in nil }

  /// Nothing but the repository's files.
  init(ownFiles: OwnFiles) { self.ownFiles = ownFiles }
}
