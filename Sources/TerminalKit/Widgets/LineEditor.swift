internal import SafeText

/// One line of text being typed: a filter, a search, a reason.
package struct LineEditor: Hashable, Sendable {
  /// What was typed.
  package private(set) var text: String
  /// Characters before the cursor.
  private var position: Int

  /// An editor that begins with a text, the cursor behind it.
  package init(_ text: String = "") {
    self.text = text
    position = text.count
  }

  /// Does what a key means in a line being typed; false when the key means nothing here.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace, .control("h"): delete(from: position - 1, to: position)
    case .delete, .control("d"): delete(from: position, to: position + 1)
    case .left, .control("b"): position = max(0, position - 1)
    case .right, .control("f"): position = min(text.count, position + 1)
    case .home, .control("a"): position = 0
    case .end, .control("e"): position = text.count
    case .control("u"): delete(from: 0, to: position)
    case .control("k"): delete(from: position, to: text.count)
    case .control("w"): delete(from: startOfWord, to: position)
    case .control, .function, .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown: return false
    }
    return true
  }

  /// Inserts text at the cursor; line ends become blanks, at most 4,096 characters are kept.
  package mutating func insert(_ addition: String) {
    let clean = addition.map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(max(0, 4096 - text.count))
    let place = text.index(text.startIndex, offsetBy: position)
    text.insert(contentsOf: clean, at: place)
    position = min(text.count, position + clean.count)
  }

  /// Draws a label and the text, and puts the grid's cursor where typing goes.
  package func draw(label: String, in rect: Rect, on grid: inout Grid) {
    grid.fill(rect, Style(.prompt, on: .prompt))
    let labelWidth = grid.write(label, Style(.prompt, on: .prompt, .bold), in: rect)
    let field = rect.inset(left: labelWidth)
    let before = DisplayWidth.of(text.prefix(position))
    let hidden = max(0, before - field.width + 2)
    let line = Line([Span(Sanitizer.line(text), Style(.prompt, on: .prompt))]).dropping(columns: hidden)
    grid.write(line, in: field)
    grid.cursor = Point(x: min(field.x + before - hidden, max(field.x, field.maxX - 1)), y: rect.y)
  }

  private var startOfWord: Int {
    var place = position
    let characters = Array(text)
    while place > 0, characters[place - 1] == " " { place -= 1 }
    while place > 0, characters[place - 1] != " " { place -= 1 }
    return place
  }

  private mutating func delete(from start: Int, to end: Int) {
    let start = max(0, start)
    let end = min(text.count, end)
    guard start < end else { return }
    let range = text.index(text.startIndex, offsetBy: start)..<text.index(text.startIndex, offsetBy: end)
    text.removeSubrange(range)
    position = start
  }
}
