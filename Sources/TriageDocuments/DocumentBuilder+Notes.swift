internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageStyle

extension DocumentBuilder {
  /// Notes that are shown in the message; the newest say what is known by now.
  private static let mostNotes = 6

  /// What people kept of a test's failure: the ticket that it is known by, then their words, the newest first.
  mutating func addNotes(on test: TestIndex) {
    let notes = sources.notes(test)
    guard !notes.isEmpty else { return }
    if let known = notes.last(where: { $0.ticket != nil }), let ticket = known.ticket {
      let count = notes.count { !$0.text.isEmpty }
      let words = count > 0 ? ", \(CountText.of(count, "note"))" : ""
      add(Line("known", label: 9, Span("as " + Sanitizer.line(ticket, limit: 80), .link), Span(words, .dim)))
    }
    let worded = notes.filter { !$0.text.isEmpty }
    for note in worded.suffix(Self.mostNotes).reversed() {
      let text = Sanitizer.line(note.text, limit: 600)
      let who = Sanitizer.line(note.author, limit: 60)
      add(
        Line(
          note.kind.word, label: 9, Span(text, .text), Span("  \(who) \(note.time.dayText)", .dim)))
    }
    if worded.count > Self.mostNotes { add(Line("         and \(worded.count - Self.mostNotes) older ones", .dim)) }
  }
}
