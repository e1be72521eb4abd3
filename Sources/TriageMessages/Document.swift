package import TerminalKit
package import TriageModel

/// A text to be shown in a pane, asked for by what it is about.
package struct DocumentRequest: Sendable, Equatable, Hashable {
  /// What the text is about.
  package enum Subject: Sendable, Equatable, Hashable {
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
    /// The run's files, and the attachments that a test's output names.
    case files(TestIndex?)
    /// One file of the run; logs open at their end.
    case file(FileLink)
    /// What a commit changed.
    case commit(CommitLink)
  }

  /// The place of the run in the `RunSet`.
  package var run: Int
  /// The set's revision, so that an answer about an older table is told apart.
  package var revision: Int
  /// What the text is about.
  package var subject: Subject

  /// A question for a text about a run.
  package init(run: Int, revision: Int, subject: Subject) {
    self.run = run
    self.revision = revision
    self.subject = subject
  }
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

/// A text ready to be shown: sanitised, styled, with places to go to.
package struct Document: Sendable, Equatable {
  /// The question this answers.
  package var request: DocumentRequest
  /// The text, ready to draw.
  package var lines: [Line]
  /// A place that a line of a document leads to.
  package enum Link: Sendable, Equatable {
    /// A source line of the repository, to be opened in the editor.
    case source(SourceLocation)
    /// A file of the run, to be opened here.
    case file(FileLink)
    /// A run of the history.
    case run(RunIdentity)
    /// A commit, to be read here.
    case commit(CommitLink)
  }

  /// Where lines lead, by their place in `lines`.
  package var links: [Int: Link]
  /// Whether the end is what a person wants to see first.
  package var opensAtEnd: Bool
  /// What the editor opens where no line leads elsewhere; nil when nothing of the project is known.
  package var source: SourceLocation?
  /// The test as Markdown for a chat or a hand-over; nil where there is none to hand over.
  package var handover: String?

  /// An answer to a request.
  package init(
    request: DocumentRequest, lines: [Line], links: [Int: Link] = [:], opensAtEnd: Bool = false
  ) {
    self.request = request
    self.lines = lines
    self.links = links
    self.opensAtEnd = opensAtEnd
  }
}
