import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The entry of the journal that would be taken back, or done again.
enum UndoView {
  static func draw(_ offer: UndoOffer, on grid: inout Grid) {
    var lines = [Line(Sanitizer.line(offer.title, limit: 400), .title, .bold)]
    let files = CountText.of(offer.files.count, "file")
    lines.append(Line(offer.isRedo ? "\(files) would be written again" : "\(files) would get the old bytes back"))
    lines += offer.files.prefix(8).map { Line("  " + Sanitizer.line($0, limit: 200), .dim) }
    if offer.files.count > 8 { lines.append(Line("  and \(CountText.of(offer.files.count - 8)) more", .dim)) }
    lines.append(Line(""))
    lines.append(
      Line([
        Span("y", .key, .bold), Span(offer.isRedo ? " does it again   " : " undoes it   ", .text),
        Span("esc", .key, .bold), Span(" leaves", .text),
      ]))
    Panel.draw(title: offer.isRedo ? "Redo" : "Undo", lines, on: &grid)
  }
}
