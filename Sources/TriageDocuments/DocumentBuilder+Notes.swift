internal import SafeText
package import TerminalKit
package import TriageModel
internal import TriageStyle

extension DocumentBuilder {
  /// What people kept of a test's failure.
  mutating func addNotes(on test: TestIndex) {
    for line in NoteLines.of(sources.notes(test)) { add(line) }
  }
}

/// What people kept of a failure, as lines for a pane and for a pipe alike.
package enum NoteLines {
  /// Notes that are shown; the newest say what is known by now.
  private static let most = 6

  /// The ticket that it is known by, then their words, the newest first.
  package static func of(_ notes: [Note]) -> [Line] {
    var lines: [Line] = []
    let worded = notes.filter { !$0.text.isEmpty }
    if let ticket = notes.last(where: { $0.ticket != nil })?.ticket {
      let words = worded.isEmpty ? "" : ", \(CountText.of(worded.count, "note"))"
      lines.append(Line("known", label: 9, Span("as " + Sanitizer.line(ticket, limit: 80), .link), Span(words, .dim)))
    }
    for note in worded.suffix(most).reversed() {
      let text = Sanitizer.line(note.text, limit: 600)
      let who = Sanitizer.line(note.author, limit: 60)
      lines.append(Line(note.kind.word, label: 9, Span(text, .text), Span("  \(who) \(note.time.dayText)", .dim)))
    }
    if worded.count > most { lines.append(Line("         and \(worded.count - most) older ones", .dim)) }
    return lines
  }
}
