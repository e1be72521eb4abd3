internal import ItemQueries
internal import RunHistory
internal import SafeText
package import TriageModel
package import TriageServices
internal import TriageStyle

extension TicketDraft {
  /// Attachments that are named.
  private static let mostFiles = 20

  /// Composes a ticket on the failure of a test: verdict and evidence, when it was seen, notes; nil when it did not fail.
  package init?(
    on test: TestIndex, in dossier: RunDossier, from sources: DocumentSources, history: HistoryService?
  ) {
    let run = dossier.run
    let document = DocumentBuilder.text(about: .message(test), of: run, at: 0, from: sources)
    guard let handover = document.handover else { return nil }
    var body = handover
    if let signature = dossier.signature(of: test) {
      body += "\n- signature: \(signature.text)" + Self.seen(signature, history)
    }
    if let owner = dossier.owner(of: test) { body += "\n- owner: \(MarkdownText.plain(owner))" }
    let files = run.table.attempts(of: test).flatMap { run.table.attachments(of: $0) }
    for file in files.prefix(Self.mostFiles) { body += "\n- file: \(MarkdownText.code(file))" }
    let notes = dossier.notes(on: test)
    for note in notes where !note.text.isEmpty {
      body += "\n- note of \(MarkdownText.plain(note.author)): \(MarkdownText.plain(note.text, limit: 600))"
    }
    let id = Sanitizer.line(run.table.id(of: test), limit: 300)
    let cause = dossier.cause(of: test)?.title ?? run.table.text.string(run.table.headline(of: test))
    self.init(
      title: Sanitizer.line("\(id): \(cause)", limit: 200), body: body, on: dossier.noteSubject(of: test),
      known: notes.last { $0.ticket != nil })
  }

  /// When the failure was seen first and last.
  private static func seen(_ signature: SignatureKey, _ history: HistoryService?) -> String {
    guard let history, let span = try? history.spans(of: [signature])[signature],
      let records = try? history.records()
    else { return "" }
    let runs = [span.first, span.last].compactMap { key in records.first { $0.key == key } }
    let words = runs.map { MarkdownText.code("run \($0.identity.id)" + ($0.startedAt.map { " \($0.dayText)" } ?? "")) }
    guard words.count == 2 else { return "" }
    return "\n- seen: \(CountText.of(span.count, "time")), first in \(words[0]), last in \(words[1])"
  }
}
