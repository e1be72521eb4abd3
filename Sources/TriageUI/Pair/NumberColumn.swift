import SafeText

/// How wide the cells of a column are, so that numbers align on the decimal point.
struct NumberColumn: Equatable {
  /// Columns before the point, and the point with what stands behind it.
  private(set) var whole = 0
  private(set) var fraction = 0
  /// Columns of texts that are no numbers.
  private(set) var text = 0
  let isNumeric: Bool

  init(isNumeric: Bool) {
    self.isNumeric = isNumeric
  }

  var width: Int { max(whole + fraction, text) }

  /// Makes room for a cell.
  mutating func add(_ cell: String) {
    guard isNumeric, let parts = Self.parts(of: cell) else {
      text = max(text, DisplayWidth.of(cell))
      return
    }
    whole = max(whole, parts.whole)
    fraction = max(fraction, parts.fraction)
  }

  /// The cell with blanks around it: as wide as the column.
  func padded(_ cell: String, width: Int) -> String {
    let own = DisplayWidth.of(cell)
    guard own < width else { return cell }
    var before = 0
    if isNumeric {
      before = Self.parts(of: cell).map { max(0, width - fraction - $0.whole) } ?? width - own
    }
    before = min(before, width - own)
    return String(repeating: " ", count: before) + cell + String(repeating: " ", count: width - own - before)
  }

  /// Columns before the decimal point (or the exponent), and from it on; nil for what is no number.
  private static func parts(of cell: String) -> (whole: Int, fraction: Int)? {
    guard let first = cell.utf8.first(where: { $0 != 0x2D && $0 != 0x2B && $0 != 0x2E }), (0x30...0x39).contains(first)
    else { return nil }
    let count = cell.utf8.count
    let point = cell.utf8.firstIndex { $0 == 0x2E || $0 | 0x20 == 0x65 } ?? cell.utf8.endIndex
    let whole = cell.utf8.distance(from: cell.utf8.startIndex, to: point)
    return (whole, count - whole)
  }
}
