import Goldens
import TerminalKit

/// Bytes of both sides beside one another, from where they begin to differ.
struct BytesView {
  let pair: PairState
  let bytes: BytesComparison
  let isFocused: Bool

  /// Bytes in a row: as many as 80 columns hold twice.
  static let perRow = 8

  static func rowCount(of bytes: BytesComparison) -> Int {
    (max(bytes.expected.count, bytes.actual.count) + perRow - 1) / perRow
  }

  static func differs(_ bytes: BytesComparison, row: Int) -> Bool {
    let start = row * perRow
    return (start..<start + perRow).contains { byte(bytes.expected, $0) != byte(bytes.actual, $0) }
  }

  func draw(in rect: Rect, on grid: inout Grid) {
    for y in 0..<rect.height where pair.offset + y < Self.rowCount(of: bytes) {
      let row = rect.row(y)
      let halves = PairView.halves(row)
      let start = (pair.offset + y) * Self.perRow
      grid.write(line(bytes.expected, bytes.actual, start, .minusEmphasis), in: halves.left)
      PairView.drawBorder(row, on: &grid)
      grid.write(line(bytes.actual, bytes.expected, start, .plusEmphasis), in: halves.right)
      if pair.offset + y == pair.index { PairView.paintCursor(row, isFocused: isFocused, on: &grid) }
    }
  }

  private func line(_ side: [UInt8], _ other: [UInt8], _ start: Int, _ emphasis: Role) -> Line {
    var line = Line([Span(" " + Self.hex(start, digits: 4) + " ", .lineNumber)])
    var text: [Span] = []
    for place in start..<start + Self.perRow {
      guard let byte = Self.byte(side, place) else {
        line.append("   ")
        continue
      }
      let role: Role = byte == Self.byte(other, place) ? .context : emphasis
      line.append(Self.hex(Int(byte), digits: 2), role)
      line.append(" ")
      let isPrintable = byte >= 0x20 && byte < 0x7F
      text.append(Span(isPrintable ? String(UnicodeScalar(byte)) : "·", role))
    }
    return Line(line.spans + text)
  }

  private static func byte(_ side: [UInt8], _ place: Int) -> UInt8? { place < side.count ? side[place] : nil }

  private static func hex(_ value: Int, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
