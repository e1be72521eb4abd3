internal import DataSyntax
internal import TriageModel

/// Judges two cells that stand in one column.
enum CellVerdict {
  /// They say the same; written otherwise when the bytes differ.
  case same
  /// Two numbers that are not the same.
  case numbers(expected: Double, actual: Double, isWhole: Bool)
  /// A number became empty, as pandas writes NaN.
  case emptied
  /// Anything else: words, which must be the same.
  case words

  /// The verdict on a cell of each side.
  @inline(__always)
  init(_ left: TableRows, _ first: CSVCell, _ right: TableRows, _ second: CSVCell) {
    let length = first.end - first.start
    if length == second.end - second.start {
      let isSame = ByteRuns.areEqual(
        UnsafeRawBufferPointer(left.bytes), first.start, UnsafeRawBufferPointer(right.bytes), second.start, length)
      if isSame {
        self = .same
        return
      }
    }
    guard let expected = left.number(first) else {
      self = first.isQuoted != second.isQuoted && Self.areSame(left, first, right, second) ? .same : .words
      return
    }
    guard let actual = right.number(second) else {
      self = second.start == second.end && !expected.value.isNaN ? .emptied : .words
      return
    }
    if expected.value == actual.value || expected.value.isNaN && actual.value.isNaN {
      self = .same
      return
    }
    self = .numbers(
      expected: expected.value, actual: actual.value, isWhole: expected.isWhole && actual.isWhole)
  }

  /// Whether two cells of which one is quoted say the same, doubled quotation marks being one.
  private static func areSame(_ left: TableRows, _ first: CSVCell, _ right: TableRows, _ second: CSVCell) -> Bool {
    text(left, first).elementsEqual(text(right, second))
  }

  private static func text(_ rows: TableRows, _ cell: CSVCell) -> [UInt8] {
    let content = rows.content(cell)
    guard cell.isQuoted else { return Array(content) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == 0x22 && !isSecond
      if !isSecond || byte != 0x22 { text.append(byte) }
    }
    return text
  }
}
