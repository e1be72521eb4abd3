internal import SafeText

/// One cell of a screen.
package struct Cell: Hashable, Sendable {
  /// The character; meaningless where `width` is 0.
  package var character: Character
  /// 1 or 2 columns; 0 for the right half of the wide character before it.
  package var width: UInt8
  /// How it looks.
  package var style: Style

  /// A cell of one character.
  package init(_ character: Character = " ", width: UInt8 = 1, style: Style = Style()) {
    self.character = character
    self.width = width
    self.style = style
  }
}

/// A screen as a value: what drawing makes, tests compare and a presenter puts on the terminal.
package struct Grid: Hashable, Sendable {
  /// Columns and rows.
  package let size: Size
  /// Where the terminal's cursor shows, because text is typed there; nil hides it.
  package var cursor: Point?
  /// Where a hidden cursor stands: the row that keys act on, which braille displays and screen readers follow.
  package var focus: Point?
  private var cells: [Cell]

  /// An empty screen.
  package init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: max(0, size.width) * max(0, size.height))
  }

  /// The cell at a place inside the grid.
  package subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.width + x] }
    set { cells[y * size.width + x] = newValue }
  }

  /// The whole of it.
  package var bounds: Rect { Rect(size) }

  /// Fills a rectangle with blanks in a style.
  package mutating func fill(_ rect: Rect, _ style: Style) {
    let blank = Cell(style: style)
    let columns = max(0, rect.x)..<max(0, rect.x, min(rect.maxX, size.width))
    guard let last = columns.last else { return }
    for y in max(0, rect.y)..<max(0, rect.y, min(rect.maxY, size.height)) {
      // A wide character can lie over the edges alone.
      set(blank, x: columns.lowerBound, y: y)
      set(blank, x: last, y: y)
      for index in y * size.width + columns.lowerBound...y * size.width + last { cells[index] = blank }
    }
  }

  /// Writes a line into the first row of a rectangle, cut with `…` where it is too long; returns the columns used.
  @discardableResult
  package mutating func write(_ line: Line, in rect: Rect) -> Int {
    guard rect.height > 0, rect.y >= 0, rect.y < size.height else { return 0 }
    let limit = min(rect.maxX, size.width) - rect.x
    let fits = line.width <= limit
    let end = rect.x + (fits ? limit : limit - 1)
    var x = rect.x
    func put(_ character: Character, _ width: Int, _ style: Style) -> Bool {
      if x + width > end {
        if !fits, limit > 0 { set(Cell("…", style: style), x: x, y: rect.y) }
        return false
      }
      if x >= 0 { set(Cell(character, width: UInt8(width), style: style), x: x, y: rect.y) }
      if width == 2, x >= -1 { set(Cell(" ", width: 0, style: style), x: x + 1, y: rect.y) }
      x += width
      return true
    }
    for span in line.spans {
      for character in span.text {
        let width = DisplayWidth.of(character)
        // Nearly every character is one piece: a list of pieces for each would be most of the work.
        let isPut =
          width <= 2
          ? put(character, width, span.style)
          : DisplayWidth.pieces(of: character).allSatisfy { put($0.character, $0.width, span.style) }
        if !isPut { return x - rect.x + (fits ? 0 : 1) }
      }
    }
    return x - rect.x
  }

  /// Writes text into the first row of a rectangle, cut where it is too long; returns the columns used.
  @discardableResult
  package mutating func write(_ text: String, _ style: Style, in rect: Rect) -> Int {
    write(Line([Span(text, style)]), in: rect)
  }

  /// Puts what lies in a rectangle on another ground, keeping the characters.
  package mutating func paint(_ rect: Rect, on surface: Role) {
    for y in max(0, rect.y)..<max(0, rect.y, min(rect.maxY, size.height)) {
      for x in max(0, rect.x)..<max(0, rect.x, min(rect.maxX, size.width)) { self[x, y].style.surface = surface }
    }
  }

  /// The rows as text, without trailing blanks.
  package var lines: [String] {
    (0..<size.height).map { y in
      var line = ""
      for x in 0..<size.width where self[x, y].width > 0 { line.append(self[x, y].character) }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Sets a cell; a wide character that loses one half loses the other too.
  private mutating func set(_ cell: Cell, x: Int, y: Int) {
    let index = y * size.width + x
    if cells[index].width == 2, cell.width != 2, x + 1 < size.width {
      cells[index + 1] = Cell(style: cells[index].style)
    }
    if cells[index].width == 0, cell.width != 0, x > 0 { cells[index - 1] = Cell(style: cells[index].style) }
    cells[index] = cell
  }
}

extension Grid {
  /// The cells of a row that differ from those of a grid of the same size, among the first `width`, widened so that no
  /// wide character is cut; nil for none.
  package func changes(since old: Grid, row y: Int, width: Int) -> Range<Int>? {
    let start = y * size.width
    guard var first = (0..<width).first(where: { cells[start + $0] != old.cells[start + $0] }) else { return nil }
    var last = (first..<width).last { cells[start + $0] != old.cells[start + $0] } ?? first
    func isHalf(_ x: Int) -> Bool { cells[start + x].width == 0 || old.cells[start + x].width == 0 }
    while first > 0, isHalf(first) { first -= 1 }
    while last + 1 < width, isHalf(last + 1) { last += 1 }
    return first..<(last + 1)
  }
}

extension Grid {
  /// The marks of a pixel, light ones first.
  private static let shades = Array(" .:-=+*#%@")

  /// The same screen with the pixels of pictures as marks, the darker the denser, for terminals that lack the colours.
  package var shaded: Grid {
    var grid = self
    for y in 0..<size.height {
      for x in 0..<size.width {
        guard let lower = self[x, y].style.paletteGround else { continue }
        let upper = self[x, y].style.paletteColor ?? lower
        let light = (Self.lightness(upper) + Self.lightness(lower)) / 2
        let place = (255 - light) * Self.shades.count / 256
        grid[x, y] = Cell(Self.shades[place])
      }
    }
    return grid
  }

  /// How light a colour of the palette is to the eye, 0 … 255 (Rec. 601 luma).
  private static func lightness(_ index: UInt8) -> Int {
    let color = XtermPalette.rgb(index)
    return (Int(color.red) * 299 + Int(color.green) * 587 + Int(color.blue) * 114) / 1000
  }
}
