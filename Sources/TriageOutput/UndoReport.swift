internal import SafeText
package import TriageActions

/// The answer of `undo`: what was taken back or done again, or would be.
package struct UndoReport {
  private let offer: UndoOffer
  private let entry: Int?

  /// A report; without the number of a new entry it is that of a dry run.
  package init(_ offer: UndoOffer, entry: Int?) {
    self.offer = offer
    self.entry = entry
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    let verb =
      switch (offer.isRedo, entry) {
      case (false, nil): "would take back"
      case (true, nil): "would do again"
      case (false, _): "took back"
      case (true, _): "did again"
      }
    sink.appendLine("\(verb) entry \(offer.entry): " + Sanitizer.line(offer.title))
    for remark in offer.remarks { sink.appendLine("  " + Sanitizer.line(remark)) }
    for file in offer.files { sink.appendLine("  " + style.paint(Sanitizer.line(file), .aside)) }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.bool("dry_run", entry == nil)
      json.bool("redo", offer.isRedo)
      json.number("entry", offer.entry)
      json.string("title", offer.title)
      json.strings("files", offer.files)
      json.number("journal_entry", entry)
    }
  }
}
