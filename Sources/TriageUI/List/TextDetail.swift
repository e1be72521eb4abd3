import SafeText
import TerminalKit
import TriageMessages

/// A list screen whose other pane is a text that is read, searched and wrapped.
protocol TextDetail: ListScreen {
  /// How the text is scrolled.
  var pane: TextPane { get set }
  /// Where it is drawn.
  var textArea: Rect { get }
  /// The text.
  func textLines(_ context: AppContext) -> [Line]
}

extension TextDetail {
  private var textSize: Size { Size(width: textArea.width, height: textArea.height) }

  func purpose(of command: ScreenCommand) -> Prompt.Purpose {
    command == .filter ? .filter : focus == .list ? .findInList : .searchText
  }

  mutating func moveDetail(_ motion: Motion, _ context: AppContext) {
    scrollDetail(by: motion.distance(page: textArea.height), context)
  }

  mutating func scrollDetail(by rows: Int, _ context: AppContext) {
    pane.move(by: rows, in: textLines(context), size: textSize)
  }

  mutating func wrapDetail() { pane.toggleWrap() }

  mutating func scrollDetail(columns: Int) { pane.scroll(columns: columns) }

  /// Goes to the next line of the text that holds what was searched for, around the end.
  mutating func findInDetail(_ step: Int, _ context: AppContext) -> String? {
    let lines = textLines(context)
    guard !lines.isEmpty else { return "there is no text here" }
    let needle = listPane.textSearch
    guard !needle.isEmpty else { return "nothing was searched for yet: / searches in the text" }
    let search = ByteSearch(needle)
    let found = Round.next(from: pane.line, step, count: lines.count, limit: .max) {
      search.matches(text: lines[$0].text)
    }
    guard let found else { return "“\(Sanitizer.line(needle))” is not in this text" }
    pane.move(to: found, in: lines, size: textSize)
    return nil
  }
}
