internal import DataSyntax
internal import TriageModel

/// Judges two cells that stand in one column.
enum CellVerdict {
  /// They say the same; written otherwise when the bytes differ.
  case same
  /// Two numbers that are not the same.
  case numbers(expected: Double, actual: Double, isWhole: Bool)
  /// Two complex numbers that are not the same: their real and imaginary parts.
  case complex(real: (expected: Double, actual: Double), imaginary: (expected: Double, actual: Double))
  /// Nothing, or a word for it, stands where a number stood.
  case lost
  /// A number stands where nothing, or a word for it, stood.
  case regained
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
    guard let expected = left.number(first), let actual = right.number(second) else {
      self = Self.measured(left, first, right, second)
      return
    }
    if expected.value == actual.value || expected.value.isNaN && actual.value.isNaN {
      self = .same
      return
    }
    self = .numbers(
      expected: expected.value, actual: actual.value, isWhole: expected.isWhole && actual.isWhole)
  }

  /// Whether they say the same.
  var isSame: Bool {
    if case .same = self { true } else { false }
  }

  /// The verdict on cells of which one is no plain number.
  @inline(never)
  private static func measured(
    _ left: TableRows, _ first: CSVCell, _ right: TableRows, _ second: CSVCell
  ) -> CellVerdict {
    switch (left.measure(first), right.measure(second)) {
    case (let expected?, let actual?): return verdict(expected, actual)
    case (let expected?, nil):
      let isMissing = MissingWord.isWhole(right.content(second))
      guard expected.number.value.isFinite, isMissing else { return .words }
      return .lost
    case (nil, let actual?):
      return actual.number.value.isFinite && MissingWord.isWhole(left.content(first)) ? .regained : .words
    case (nil, nil):
      return first.isQuoted != second.isQuoted && areSame(left, first, right, second) ? .same : .words
    }
  }

  private static func verdict(_ expected: CellMeasure, _ actual: CellMeasure) -> CellVerdict {
    let (left, right) = (expected.number.value, actual.number.value)
    switch (expected.imaginary, actual.imaginary) {
    case (nil, nil):
      guard expected.unit == actual.unit || !left.isFinite || !right.isFinite else { return .words }
      if left == right || left.isNaN && right.isNaN { return .same }
      return .numbers(expected: left, actual: right, isWhole: expected.number.isWhole && actual.number.isWhole)
    case (let first?, let second?):
      if left == right, first == second { return .same }
      return .complex(real: (left, right), imaginary: (first, second))
    case (_?, nil), (nil, _?):
      if left.isFinite != right.isFinite { return .numbers(expected: left, actual: right, isWhole: false) }
      return .words
    }
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
