internal import SafeText

/// A reader's place in a long text: a cursor line, the part that is seen, wrapping.
///
/// Only lines that are seen are wrapped, so a text of a million lines costs no more than a screenful.
package struct TextPane: Hashable, Sendable {
  /// The line that keys act on.
  package private(set) var line = 0
  /// The first line that is seen, and how many of its wrapped rows are scrolled away.
  package private(set) var offset = 0
  /// How many rows of the first line lie above the pane.
  package private(set) var skippedRows = 0
  /// Columns scrolled away to the left, of lines that are not wrapped.
  package private(set) var column = 0
  /// Whether long lines go on in the next row.
  package private(set) var wraps: Bool

  /// At the top of a text.
  package init(wraps: Bool = true) {
    self.wraps = wraps
  }

  /// Goes to a line.
  package mutating func move(to target: Int, in lines: [Line], size: Size) {
    line = max(0, min(target, lines.count - 1))
    settle(lines, size)
  }

  /// Goes up or down by lines; within a line higher than the pane, by rows.
  package mutating func move(by distance: Int, in lines: [Line], size: Size) {
    guard !lines.isEmpty else { return }
    let here = rows(of: lines[min(line, lines.count - 1)], width: size.width)
    if distance == 1, offset == line, here - skippedRows > size.height {
      skippedRows += 1
    } else if distance == -1, offset == line, skippedRows > 0 {
      skippedRows -= 1
    } else {
      move(to: line + distance, in: lines, size: size)
    }
  }

  /// Scrolls sideways by columns.
  package mutating func scroll(columns: Int) {
    column = max(0, column + columns)
  }

  /// Turns wrapping on or off.
  package mutating func toggleWrap() {
    wraps.toggle()
    column = 0
    skippedRows = 0
  }

  /// The rows a line takes in a pane of a width.
  private func rows(of line: Line, width: Int) -> Int {
    // Rows break after blanks, so that a line takes more of them than its columns would fill.
    wraps ? line.wrapped(width: width).count : 1
  }

  /// Brings the cursor's line into view.
  private mutating func settle(_ lines: [Line], _ size: Size) {
    if line < offset || (line == offset && skippedRows > 0) {
      offset = line
      skippedRows = 0
    }
    guard !lines.isEmpty else { return }
    var needed = 0
    var first = line
    while first >= offset {
      needed += rows(of: lines[first], width: size.width)
      if needed > size.height { break }
      first -= 1
    }
    if needed > size.height {
      skippedRows = 0
      offset = min(line, first + 1)
    }
  }

  /// Draws the text; the cursor's line is marked when `isFocused`, matches of `search` stand out.
  package func draw(_ lines: [Line], search: String = "", isFocused: Bool, in rect: Rect, on grid: inout Grid) {
    var y = 0
    var index = offset
    var skip = skippedRows
    var hasFocus = false
    while y < rect.height, index < lines.count {
      let shown = search.isEmpty ? lines[index] : lines[index].highlighting(search)
      let isWrapped = wraps && !shown.isTable
      let wrapped = isWrapped ? shown.wrapped(width: rect.width) : [shown.dropping(columns: column)]
      for row in wrapped.dropFirst(skip) where y < rect.height {
        let target = rect.row(y)
        grid.write(row, in: target)
        if isFocused, index == line {
          if !hasFocus { grid.focus = Point(x: target.x, y: target.y) }
          hasFocus = true
          grid.paint(target, on: .selectionInactive)
        }
        y += 1
      }
      skip = 0
      index += 1
    }
  }
}

extension Line {
  /// The line in pieces of a width, broken after a blank where there is one in the last third; those after the first
  /// begin under the text. A table's line is left whole.
  package func wrapped(width: Int) -> [Line] {
    guard width > 0, !isTable, self.width > width else { return [self] }
    var rows: [Line] = []
    let hang = max(indent, text.prefix { $0 == " " }.count)
    var row = RowBuilder(width: width, indent: hang <= width / 2 ? hang : 0)
    for span in spans {
      for character in span.text {
        let columns = DisplayWidth.of(character)
        if row.columns + columns > width { rows.append(row.breakRow()) }
        row.add(character, columns: columns, style: span.style)
      }
    }
    if row.hasText || rows.isEmpty { rows.append(row.finish()) }
    return rows
  }

  /// The line with each occurrence of a text, whatever its case, in the style of a match.
  package func highlighting(_ search: String) -> Line {
    let needle = Array(search.lowercased())
    let characters = spans.flatMap { span in span.text.map { (character: $0, style: span.style) } }
    guard !needle.isEmpty, characters.count >= needle.count else { return self }
    let folded = characters.map { Character($0.character.lowercased()) }
    var styles = characters.map(\.style)
    var start = 0
    while start + needle.count <= folded.count {
      if folded[start..<start + needle.count].elementsEqual(needle) {
        for place in start..<start + needle.count { styles[place] = Style(.match, on: .match) }
        start += needle.count
      } else {
        start += 1
      }
    }
    var builder = RowBuilder(width: .max)
    for (place, item) in characters.enumerated() { builder.add(item.character, columns: 1, style: styles[place]) }
    var line = self
    line.spans = builder.finish().spans
    return line
  }
}

/// Collects the characters of one row and knows where it may be broken.
private struct RowBuilder {
  let width: Int
  private(set) var columns = 0
  private var cells: [(character: Character, columns: Int, style: Style)] = []

  /// Blanks that rows after the first begin with.
  private let indent: Int

  init(width: Int, indent: Int = 0) {
    self.width = width
    self.indent = indent
  }

  mutating func add(_ character: Character, columns: Int, style: Style) {
    cells.append((character, columns, style))
    self.columns += columns
  }

  /// Whether it holds more than the blanks that it begins with.
  var hasText: Bool { cells.contains { $0.character != " " } }

  /// Takes the row up to its last good break and keeps the rest for the next.
  mutating func breakRow() -> Line {
    let blank = cells.lastIndex { $0.character == " " }
    let cut = blank.map { $0 + 1 > cells.count * 2 / 3 ? $0 + 1 : cells.count } ?? cells.count
    let rest = Array(cells[cut...])
    cells.removeSubrange(cut...)
    let line = finish()
    cells = Array(repeating: (character: Character(" "), columns: 1, style: Style()), count: indent) + rest
    columns = indent + rest.reduce(0) { $0 + $1.columns }
    return line
  }

  func finish() -> Line {
    var spans: [Span] = []
    for cell in cells {
      if spans.last?.style == cell.style {
        spans[spans.count - 1].text.append(cell.character)
      } else {
        spans.append(Span(String(cell.character), cell.style))
      }
    }
    return Line(spans)
  }
}
