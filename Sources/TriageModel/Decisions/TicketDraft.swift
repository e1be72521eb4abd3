/// The text of a ticket on a failure, before it is handed to anybody.
package struct TicketDraft: Sendable, Equatable {
  /// Its title, in one line.
  package var title: String
  /// Its text, in Markdown.
  package var body: String
  /// The failure that it is on.
  package let subject: NoteSubject
  /// The note by which the failure is known by a ticket already; nil when it is not.
  package let known: Note?

  /// A ticket on a failure.
  package init(title: String, body: String, on subject: NoteSubject, known: Note?) {
    self.title = title
    self.body = body
    self.subject = subject
    self.known = known
  }

  /// The title as a heading, and the text below it: what is printed, and edited.
  package var text: String { "# \(title)\n\n\(body)\n" }

  /// The draft as a person left it: the first line that says something is the title; nil when nothing is left.
  package func edited(_ text: String) -> TicketDraft? {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0.isWhitespace || $0 == "#" } }
    while lines.first.map(isBlank) == true { lines.removeFirst() }
    while lines.last.map({ $0.allSatisfy(\.isWhitespace) }) == true { lines.removeLast() }
    guard let first = lines.popFirst() else { return nil }
    while lines.first.map({ $0.allSatisfy(\.isWhitespace) }) == true { lines.removeFirst() }
    var draft = self
    draft.title = String(first.drop { $0 == "#" || $0 == " " })
    draft.body = lines.joined(separator: "\n")
    return draft
  }
}
