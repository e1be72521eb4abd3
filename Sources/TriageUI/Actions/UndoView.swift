import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The entry of the journal that would be taken back, or done again.
struct UndoPanel: Overlay {
  let offer: UndoOffer

  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    switch key {
    case .character("y"): [.close, .ask(.undo(offer))]
    case .escape, .control("c"), .character("q"): [.close]
    default: []
    }
  }

  func draw(_ context: AppContext, on grid: inout Grid) {
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
