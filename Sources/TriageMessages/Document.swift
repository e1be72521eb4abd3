package import TerminalKit
package import TriageModel
package import TriageStyle

/// A text to be shown in a pane, asked for by what it is about.
package struct DocumentRequest: Sendable, Equatable, Hashable {
  /// What a text can be about.
  package typealias Subject = DocumentSubject

  /// The run.
  package var run: RunRef
  /// What the text is about.
  package var subject: Subject

  /// A question for a text about a run.
  package init(run: RunRef, subject: Subject) {
    self.run = run
    self.subject = subject
  }
}

/// The answer to a `DocumentRequest`.
@dynamicMemberLookup
package struct Document: Sendable, Equatable {
  /// A place that a line leads to.
  package typealias Link = DocumentText.Link

  /// The question this answers.
  package var request: DocumentRequest
  /// The text.
  package var text: DocumentText

  /// An answer to a request.
  package init(request: DocumentRequest, _ text: DocumentText) {
    self.request = request
    self.text = text
  }

  /// An answer to a request in its parts.
  package init(
    request: DocumentRequest, lines: [Line], links: [Int: Link] = [:], opensAtEnd: Bool = false
  ) {
    self.init(request: request, DocumentText(lines: lines, links: links, opensAtEnd: opensAtEnd))
  }

  /// What the text holds.
  package subscript<Value>(dynamicMember path: WritableKeyPath<DocumentText, Value>) -> Value {
    get { text[keyPath: path] }
    set { text[keyPath: path] = newValue }
  }
}
