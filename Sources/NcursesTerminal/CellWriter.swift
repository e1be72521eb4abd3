internal import CNcurses
internal import SafeText
internal import TerminalKit

/// Turns cells of a grid into ncurses' cells, each at its own column.
///
/// A scalar that libc finds unprintable, or of another width than assay, becomes U+FFFD in the columns it had: no column
/// after it can shift.
struct CellWriter {
  private var cells: [cchar_t] = []
  private var scalars: [wchar_t] = []
  /// A blank in the style of the run: an ASCII cell is this with another character.
  private var blank = cchar_t()

  /// Writes the cells `range` of row `y`; the range begins and ends between characters.
  mutating func write(_ grid: Grid, row y: Int, _ range: Range<Int>, painter: inout StylePainter) {
    cells.removeAll(keepingCapacity: true)
    var style: Style?
    var paint = StylePainter.Paint(attributes: 0, pair: 0)
    for x in range {
      let cell = grid[x, y]
      if cell.width == 0 { continue }
      if cell.style != style {
        style = cell.style
        paint = painter.paint(cell.style)
        _ = nc_make_cell(&blank, [0x20, 0], paint.attributes, paint.pair)
      }
      if cell.width == 1, let byte = cell.character.asciiValue, byte >= 0x20, byte < 0x7F {
        blank.chars.0 = wchar_t(byte)
        cells.append(blank)
      } else {
        append(cell, paint)
      }
    }
    mvadd_wchnstr(Int32(y), Int32(range.lowerBound), cells, Int32(cells.count))
  }

  private mutating func append(_ cell: Cell, _ paint: StylePainter.Paint) {
    var left = Int(cell.width)
    scalars.removeAll(keepingCapacity: true)
    for scalar in cell.character.unicodeScalars {
      let width = Self.width(of: scalar)
      if width == 0, !scalars.isEmpty {
        if scalars.count < SafeLimits.marks + 1 { scalars.append(wchar_t(bitPattern: scalar.value)) }
        continue
      }
      flush(paint)
      guard left > 0 else { break }
      if let width, width > 0, width <= left {
        scalars.append(wchar_t(bitPattern: scalar.value))
        left -= width
      } else {
        left -= 1
        scalars.append(0xFFFD)
      }
    }
    flush(paint)
    while left > 0 {
      scalars.append(scalars.isEmpty && cells.isEmpty ? 0x20 : 0xFFFD)
      flush(paint)
      left -= 1
    }
  }

  private mutating func flush(_ paint: StylePainter.Paint) {
    guard !scalars.isEmpty else { return }
    scalars.append(0)
    var cell = cchar_t()
    _ = nc_make_cell(&cell, scalars, paint.attributes, paint.pair)
    cells.append(cell)
    scalars.removeAll(keepingCapacity: true)
  }

  /// The columns of a scalar where assay and libc agree; nil where they do not.
  private static func width(of scalar: Unicode.Scalar) -> Int? {
    if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
    let libc = Int(wcwidth(wchar_t(bitPattern: scalar.value)))
    switch ScalarKind(scalar) {
    case .combining, .jamo: return libc == 0 ? 0 : nil
    case .narrow: return libc == 1 ? 1 : nil
    case .wide: return libc == 2 ? 2 : nil
    case .hidden: return nil
    }
  }
}

/// Limits that a cell of ncurses has.
private enum SafeLimits {
  /// The combining marks beside a base (`CCHARW_MAX` less one).
  static let marks = 4
}
