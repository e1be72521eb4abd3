internal import DataSyntax

/// A number of a cell that is written with more than digits: with a unit, a sign of money, a decimal comma, thousands
/// apart, blanks around it, or as a complex number.
struct CellMeasure {
  /// The number; of a complex one its real part.
  var number: NumberToken
  /// The imaginary part of a complex number.
  var imaginary: Double?
  /// What stands before and behind the number: only numbers of one unit can be compared.
  var unit: [UInt8] = []

  /// A plain number.
  init(_ number: NumberToken) {
    self.number = number
  }

  /// The number that a cell's bytes are; nil for words and names.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, hasDecimalCommas: Bool) {
    guard bytes.count <= Self.limit else { return nil }
    let cell = Self.trimmed(bytes)
    guard let first = cell.first, first <= 0x39 || first >= 0xC2 else { return nil }
    if let complex = Self.complex(cell) {
      (number, imaginary) = (complex.real, complex.imaginary)
      return
    }
    var start = Self.sign(cell, 0)
    let isNegative = start > 0 && cell[0] == 0x2D
    let money = Self.money(cell, start)
    unit += cell[start..<start + money]
    start += money
    if money > 0, start < cell.count, cell[start] == 0x20 { start += 1 }
    let behind = UnsafeBufferPointer(rebasing: cell[start...])
    guard let found = Self.magnitude(behind, hasDecimalCommas: hasDecimalCommas, mayBeSigned: start == 0 || money > 0)
    else { return nil }
    number = found.number
    if isNegative { number.value = -number.value }
    var rest = behind[found.length...]
    if rest.first == 0x20, rest.count > 1 { rest = rest.dropFirst() }
    if rest.first == 0xC2, rest.dropFirst().first == 0xA0 { rest = rest.dropFirst(2) }
    guard rest.isEmpty || NumberUnit.isUnit(rest) else { return nil }
    unit += rest
    if number.isOverflowing || number.isWhole && TextTokens.isCode(behind, found.length) { return nil }
  }

  /// Bytes of a cell that is looked at.
  private static let limit = 80

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var range = 0..<bytes.count
    while let last = range.last, bytes[last] == 0x20 { range.removeLast() }
    while let first = range.first, bytes[first] == 0x20 { range.removeFirst() }
    return UnsafeBufferPointer(rebasing: bytes[range])
  }

  private static func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    guard start < bytes.count, bytes[start] == 0x2D || bytes[start] == 0x2B else { return start }
    // A number takes its own sign; money stands between sign and number.
    return start + 1 < bytes.count && money(bytes, start + 1) > 0 ? start + 1 : start
  }

  /// The length of a sign of money.
  private static func money(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    guard start < bytes.count else { return 0 }
    if bytes[start] == 0x24 { return 1 }
    if bytes[start] == 0xC2, start + 1 < bytes.count, (0xA2...0xA5).contains(bytes[start + 1]) { return 2 }
    if bytes[start] == 0xE2, start + 2 < bytes.count, bytes[start + 1] == 0x82, bytes[start + 2] >= 0xA0 { return 3 }
    return 0
  }

  /// The number at the beginning, in the writing that fits the longest.
  private static func magnitude(
    _ bytes: UnsafeBufferPointer<UInt8>, hasDecimalCommas: Bool, mayBeSigned: Bool
  ) -> (number: NumberToken, length: Int)? {
    guard let plain = NumberToken.leading(bytes), plain.number.hasDigits else { return nil }
    if !mayBeSigned, bytes[0] == 0x2D || bytes[0] == 0x2B { return nil }
    guard let comma = bytes.firstIndex(of: 0x2C) else { return plain }
    let (point, thousands): (UInt8, UInt8) = hasDecimalCommas ? (0x2C, 0x2E) : (0x2E, 0x2C)
    guard hasDecimalCommas || comma <= plain.length else { return plain }
    return grouped(bytes, point: point, thousands: thousands) ?? plain
  }

  /// A number with its thousands apart, or with another decimal sign than a point.
  private static func grouped(
    _ bytes: UnsafeBufferPointer<UInt8>, point: UInt8, thousands: UInt8
  ) -> (number: NumberToken, length: Int)? {
    var plain: [UInt8] = []
    var index = 0
    if let sign = bytes.first, sign == 0x2D || sign == 0x2B {
      plain.append(sign)
      index = 1
    }
    var digits = 0
    var groups = 0
    while index < bytes.count {
      if TextTokens.isDigit(bytes[index]) {
        plain.append(bytes[index])
        digits += 1
        index += 1
      } else if bytes[index] == thousands, groups == 0 ? (1...3).contains(digits) : digits == 3,
        hasGroup(bytes, at: index + 1)
      {
        groups += 1
        digits = 0
        index += 1
      } else {
        break
      }
    }
    guard groups == 0 || digits == 3 else { return nil }
    let isPointed = index + 1 < bytes.count && bytes[index] == point && TextTokens.isDigit(bytes[index + 1])
    guard isPointed || groups > 0 else { return nil }
    if isPointed {
      plain.append(0x2E)
      index += 1
      while index < bytes.count, isPart(bytes, index) {
        plain.append(bytes[index])
        index += 1
      }
    }
    guard let number = NumberToken(plain) else { return nil }
    return (number, index)
  }

  /// Whether three digits and no fourth stand here.
  private static func hasGroup(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + 3 <= bytes.count, (start..<start + 3).allSatisfy({ TextTokens.isDigit(bytes[$0]) }) else {
      return false
    }
    return start + 3 == bytes.count || !TextTokens.isDigit(bytes[start + 3])
  }

  /// Digits, and an exponent with its sign.
  private static func isPart(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if TextTokens.isDigit(bytes[index]) { return true }
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if bytes[index] | 0x20 == 0x65 { return TextTokens.isDigit(next) || next == 0x2B || next == 0x2D }
    return (bytes[index] == 0x2B || bytes[index] == 0x2D) && bytes[index - 1] | 0x20 == 0x65
  }

  /// `1.5+2.5j` and `(1.5+2.5j)`; an imaginary number alone is one with a unit.
  private static func complex(_ bytes: UnsafeBufferPointer<UInt8>) -> (real: NumberToken, imaginary: Double)? {
    var cell = bytes
    if cell.count > 2, cell[0] == 0x28, cell[cell.count - 1] == 0x29 {
      cell = UnsafeBufferPointer(rebasing: cell[1..<cell.count - 1])
    }
    guard let last = cell.last, last == 0x6A || last == 0x4A || last == 0x69,
      let real = NumberToken.leading(cell), real.length < cell.count
    else { return nil }
    let rest = UnsafeBufferPointer(rebasing: cell[real.length..<cell.count - 1])
    guard let sign = rest.first, sign == 0x2B || sign == 0x2D, let imaginary = NumberToken(rest) else { return nil }
    return (real.number, imaginary.value)
  }
}

extension CellMeasure {
  /// Whether a table writes decimal commas: a column of its first rows has nothing but such numbers, with a comma in one.
  static func hasDecimalCommas(_ document: CSVDocument) -> Bool {
    guard document.dialect.delimiter != 0x2C, document.count > 0 else { return false }
    var commas: [Int: Int] = [:]
    var others: Set<Int> = []
    for row in 0..<min(document.count, 65) {
      for (place, cell) in document.cells(row).enumerated() where cell.end > cell.start && !others.contains(place) {
        document.content(cell).withUnsafeBufferPointer { bytes in
          let isNumber = CellMeasure(bytes, hasDecimalCommas: true) != nil
          // A header may stand over the numbers.
          if !isNumber, row > 0, !MissingWord.isWhole(bytes) { others.insert(place) }
          if isNumber, bytes.contains(0x2C) { commas[place, default: 0] += 1 }
        }
      }
    }
    return commas.contains { !others.contains($0.key) }
  }
}
