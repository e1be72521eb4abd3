package import TerminalKit
package import TriageModel

/// A text ready to be shown: sanitised, styled, with places to go to.
package struct DocumentText: Sendable, Equatable {
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
    /// A Markdown page of the repository, to be read here; its path.
    case page(String)
    /// An address of the web.
    case web(String)
    /// Another line of the same text, by its index.
    case line(Int)
    /// A commit, to be read here.
    case commit(CommitLink)
  }

  /// Where lines lead, by their index in `lines`.
  package var links: [Int: Link]
  /// The steps of a runbook that can be ticked, by the index of their line.
  package var steps: [Int: RunbookMark] = [:]
  /// The blocks of a runbook that can be run, by the index of each of their lines.
  package var scripts: [Int: RunbookScript.Place] = [:]
  /// The page that is shown beside a failure; nil for other texts.
  package var page: String?
  /// Whether the end is what a person wants to see first.
  package var opensAtEnd: Bool
  /// What the editor opens where no line leads elsewhere; nil when nothing of the project is known.
  package var source: SourceLocation?
  /// The test as Markdown for a chat or a hand-over; nil where there is none to hand over.
  package var handover: String?

  /// A text.
  package init(lines: [Line], links: [Int: Link] = [:], opensAtEnd: Bool = false) {
    self.lines = lines
    self.links = links
    self.opensAtEnd = opensAtEnd
  }
}
