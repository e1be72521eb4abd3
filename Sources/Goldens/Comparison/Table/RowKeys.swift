/// What tells the rows of one side apart: a number for each, equal where the key cells say the same.
struct RowKeys {
  /// The key of each row: whole numbers themselves, words and several columns by their hash.
  var values: [UInt64]
  /// The smallest and largest whole number, when all keys are whole numbers of one column.
  var integers: ClosedRange<Int64>?
  /// Whether each row's number is one more than that of the row before: then it says only where the row stands.
  var isCount: Bool

  /// Whether all keys are whole numbers, each larger than the one before.
  var isRising: Bool {
    guard integers != nil else { return false }
    return zip(values, values.dropFirst()).allSatisfy { Int64(bitPattern: $0) < Int64(bitPattern: $1) }
  }

  /// What one value says as a key: a whole number itself, else a hash.
  struct Value {
    var bits: UInt64
    var isInteger: Bool
  }

  /// The keys of one column; nil when a cell is missing, empty or a fraction.
  init?(_ rows: some TableRows, column: Int, limit: Int = .max) {
    let count = min(rows.count, limit)
    if count == 0 { return nil }
    values = []
    values.reserveCapacity(count)
    var lowest = Int64.max
    var highest = Int64.min
    var isInteger = true
    isCount = true
    for row in 0..<count {
      guard let key = rows.cell(row, column).flatMap(rows.key) else { return nil }
      if key.isInteger {
        lowest = min(lowest, Int64(bitPattern: key.bits))
        highest = max(highest, Int64(bitPattern: key.bits))
        if row > 0, key.bits != values[row - 1] &+ 1 { isCount = false }
      } else {
        isInteger = false
      }
      values.append(key.bits)
    }
    isCount = isCount && isInteger
    integers = isInteger && lowest <= highest ? lowest...highest : nil
  }

  /// The keys of several columns, whatever their cells say; a missing cell is its own word.
  init(_ rows: some TableRows, columns: [Int]) {
    values = (0..<rows.count).map { row in
      columns.reduce(0) { hash, column in
        guard let cell = rows.cell(row, column) else {
          return ByteHash.of(UnsafeRawBufferPointer(start: nil, count: 0), behind: hash)
        }
        return rows.hash(cell, behind: hash &+ 1)
      }
    }
    isCount = false
  }

  /// Makes equal keys different by how often they came before, and says how many came again.
  mutating func numberRepeats() -> Int {
    var seen: [UInt64: UInt64] = [:]
    var repeats = 0
    for index in values.indices {
      let turn = seen[values[index], default: 0]
      seen[values[index]] = turn + 1
      if turn > 0 {
        repeats += 1
        values[index] = values[index] &+ turn &* 0x9E37_79B9_7F4A_7C15
      }
    }
    if repeats > 0 { integers = nil }
    return repeats
  }
}

/// Finds the row of a key; whole numbers that lie close together are looked up by their place.
struct KeyIndex {
  private var rows: [Int32]
  private var keys: [UInt64] = []
  private let base: UInt64
  private let mask: Int
  /// Whether each key came once.
  private(set) var isUnique = true

  /// An index of all rows of a side.
  init(_ source: RowKeys) {
    let count = source.values.count
    if let integers = source.integers, let span = Self.span(integers), span <= count * 4 + 1024 {
      base = UInt64(bitPattern: integers.lowerBound)
      mask = -1
      rows = Array(repeating: -1, count: span)
      for (row, key) in source.values.enumerated() {
        let slot = Int(truncatingIfNeeded: key &- base)
        if rows[slot] >= 0 { isUnique = false } else { rows[slot] = Int32(truncatingIfNeeded: row) }
      }
      return
    }
    base = 0
    var size = 64
    while size < count * 2 { size *= 2 }
    mask = size - 1
    rows = Array(repeating: -1, count: size)
    keys = source.values
    for (row, key) in keys.enumerated() {
      var slot = Self.slot(key, mask)
      while rows[slot] >= 0 {
        if keys[Int(rows[slot])] == key { break }
        slot = (slot + 1) & mask
      }
      if rows[slot] >= 0 { isUnique = false } else { rows[slot] = Int32(truncatingIfNeeded: row) }
    }
  }

  /// The row of a key; nil when there is none.
  @inline(__always)
  func row(of key: UInt64) -> Int? {
    if mask < 0 {
      let slot = key &- base
      guard slot < UInt64(rows.count) else { return nil }
      let row = rows[Int(slot)]
      return row < 0 ? nil : Int(row)
    }
    var slot = Self.slot(key, mask)
    while rows[slot] >= 0 {
      if keys[Int(rows[slot])] == key { return Int(rows[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private static func slot(_ key: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
  }

  private static func span(_ range: ClosedRange<Int64>) -> Int? {
    let (span, isOver) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    return isOver || span > 1 << 31 ? nil : Int(span) + 1
  }
}
