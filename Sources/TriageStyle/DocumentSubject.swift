package import TriageModel

/// What the text is about.
package enum DocumentSubject: Sendable, Equatable, Hashable {
  /// What a test's failures say, shortly.
  case message(TestIndex)
  /// Stacks and long texts of a test's failures.
  case stack(TestIndex)
  /// What a test printed.
  case output(TestIndex)
  /// What a test did in the runs of a window.
  case history(TestIndex, HistoryWindow)
  /// What a test printed beside what it printed in the last green run and in the run before.
  case comparedOutput(TestIndex)
  /// What the failures of a cause have in common; the cause by its key.
  case cause(String)
  /// The runbook for a test's failure.
  case runbook(TestIndex)
  /// A Markdown page of the repository, by its path.
  case page(String)
  /// The run's files, and the attachments that a test's output names.
  case files(TestIndex?)
  /// One file of the run; logs open at their end.
  case file(FileLink)
  /// What a commit changed.
  case commit(CommitLink)
}

/// A file to look at: where its bytes lie, and the name it is shown by.
package struct FileLink: Sendable, Equatable, Hashable {
  /// Where its bytes lie on disk.
  package var location: String
  /// The path shown to the person.
  package var shown: String
  /// Whether its end is what a person wants to see first.
  package var isLog: Bool

  /// A file and its name.
  package init(location: String, shown: String, isLog: Bool = false) {
    self.location = location
    self.shown = shown
    self.isLog = isLog
  }

  /// A file of a run.
  package init(_ file: RunFile) {
    self.init(location: file.location, shown: file.path, isLog: file.kind == .log)
  }
}

/// A commit to look at.
package struct CommitLink: Sendable, Equatable, Hashable {
  /// Its full name.
  package var hash: String
  /// The files that the failure names, whose changes come first.
  package var touches: [String]

  /// A commit, and the files whose changes come first.
  package init(hash: String, touches: [String]) {
    self.hash = hash
    self.touches = touches
  }
}
