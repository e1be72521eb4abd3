internal import SafeText
internal import TriageModel

/// Two arrays of one name as tables: the last axis and the fields of an element make the columns.
struct ArraySides: TableSides {
  let name: String
  let expected: NPYArray
  let actual: NPYArray
  let columns: TableColumns

  /// Takes two arrays side by side.
  init(name: String, _ expected: NPYArray, _ actual: NPYArray, _ rules: [IgnoreRule]) {
    self.name = name
    self.expected = expected
    self.actual = actual
    let width = max(expected.width, actual.width)
    let fields = Self.fields(expected, actual)
    var columns: [TableComparison.Column] = []
    var series: [Int] = []
    for element in 0..<width {
      for field in fields {
        columns.append(
          TableComparison.Column(
            name: Self.name(element, field.name, isOne: width == 1),
            expected: Self.place(element, field.expected, in: expected),
            actual: Self.place(element, field.actual, in: actual)))
        series.append(field.expected ?? 0)
      }
    }
    self.columns = TableColumns(
      columns, width: (expected.width * expected.fields.count, actual.width * actual.fields.count),
      structure: Self.structure(fields, expected, actual).map { name.isEmpty ? $0 : "\(name): \($0)" },
      series: series,
      seriesNames: expected.fields.map { [name, $0.name].filter { !$0.isEmpty }.joined(separator: ".") }, rules)
  }

  /// Where a field of an element stands in a row.
  private static func place(_ element: Int, _ field: Int?, in array: NPYArray) -> Int? {
    element < array.width ? field.map { element * array.fields.count + $0 } : nil
  }

  /// Clauses for what vanished, is new, or changed its type.
  private static func structure(_ fields: [Field], _ expected: NPYArray, _ actual: NPYArray) -> [String] {
    var structure: [String] = []
    for field in fields where !field.name.isEmpty {
      if field.actual == nil { structure.append("field \(field.name) vanished") }
      if field.expected == nil { structure.append("field \(field.name) is new") }
    }
    if plain(expected) != plain(actual) { structure.append("dtype \(expected.type) → \(actual.type)") }
    if expected.shape != actual.shape {
      structure.append("shape \(NPYArray.name(expected.shape)) → \(NPYArray.name(actual.shape))")
    }
    return structure
  }

  private typealias Field = (name: String, expected: Int?, actual: Int?)

  private static func name(_ element: Int, _ field: String, isOne: Bool) -> String {
    if isOne { return field.isEmpty ? "value" : field }
    return field.isEmpty ? "[\(element)]" : "[\(element)].\(field)"
  }

  /// The fields by name, the expected side's order first; a lone field stands beside a lone field.
  private static func fields(_ expected: NPYArray, _ actual: NPYArray) -> [Field] {
    if expected.fields.count == 1, actual.fields.count == 1 { return [(expected.fields[0].name, 0, 0)] }
    var fields: [Field] = expected.fields.enumerated().map { index, field in
      (field.name, index, actual.fields.firstIndex { $0.name == field.name })
    }
    for (index, field) in actual.fields.enumerated() where !expected.fields.contains(where: { $0.name == field.name }) {
      fields.append((field.name, nil, index))
    }
    return fields
  }

  /// The fields without the order of bytes and without where they lie.
  private static func plain(_ array: NPYArray) -> [NPYField] {
    array.fields.map { field in
      var field = field
      field.isBigEndian = false
      field.offset = 0
      return field
    }
  }
}

extension ArraySides {
  var title: String {
    let shape =
      NPYArray.name(expected.shape) + (expected.shape == actual.shape ? "" : " → " + NPYArray.name(actual.shape))
    let type = expected.type + (expected.type == actual.type ? "" : " → " + actual.type)
    return (name.isEmpty ? "" : name + " ") + shape + " " + type
  }

  var firstRowNumber: Int { 0 }

  var total: Int { max(expected.count, actual.count) }

  var haveSameRows: Bool {
    columns.areSame && expected.width == actual.width && expected.fields == actual.fields
      && [expected, actual].allSatisfy { !$0.isFortran || $0.shape.count <= 1 }
  }

  func withRows<Result>(_ body: (ArrayRows, ArrayRows) -> Result) -> Result {
    expected.bytes.withUnsafeBytes { left in
      actual.bytes.withUnsafeBytes { right in
        body(ArrayRows(bytes: left, array: expected), ArrayRows(bytes: right, array: actual))
      }
    }
  }

  func match(_ options: ComparisonOptions, steps: inout Int) -> TableMatching {
    TableMatcher(sides: self, options: options).match {
      var matcher = TableContentMatcher(sides: self, counter: nil, steps: steps)
      var (matching, isLimited) = matcher.matchInPlace()
      steps = matcher.steps
      // Of arrays of another type or shape the order of rows explains nothing.
      if !columns.structure.isEmpty { (matching.shift, matching.permutation) = (nil, nil) }
      matching.permutation = matching.permutation.map { name.isEmpty ? $0 : "\(name): \($0)" }
      if isLimited {
        matching.remarks.append(
          "The alignment of rows reached its limit of steps; what it left was compared in turn.")
      }
      return matching
    }
  }

  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String {
    switch (row.expected, row.actual) {
    case (let left?, let right?) where left != right: "\(expected.label(left)) → \(actual.label(right))"
    case (let left?, _): expected.label(left)
    case (nil, let right?): actual.label(right)
    case (nil, nil): ""
    }
  }

  func name(of row: Alignment.Row, _ column: TableComparison.Column?, in table: TableComparison) -> String {
    func name(_ row: Int, _ place: Int?, in array: NPYArray) -> String {
      let (element, field) = (place ?? 0).quotientAndRemainder(dividingBy: max(1, array.fields.count))
      return self.name + array.name(of: row * array.width + element, field: place == nil ? -1 : field)
    }
    if let row = row.expected { return name(row, column?.expected, in: expected) }
    return name(row.actual ?? 0, column?.actual, in: actual)
  }
}

/// The rows of an array where they lie, in C order whatever the file's.
struct ArrayRows: TableRows {
  static let areText = false

  /// One number or word of an element.
  struct Cell {
    /// Where the element begins in the file.
    var element: Int
    /// The place of the field.
    var field: Int
  }

  let bytes: UnsafeRawBufferPointer
  let array: NPYArray

  var count: Int { array.height }

  func split(_ row: Int, into cells: inout [Cell]) {
    cells.removeAll(keepingCapacity: true)
    for element in row * array.width..<(row + 1) * array.width {
      let place = array.place(of: element)
      for field in array.fields.indices { cells.append(Cell(element: place, field: field)) }
    }
  }

  func cell(_ row: Int, _ column: Int) -> Cell? {
    let (element, field) = column.quotientAndRemainder(dividingBy: array.fields.count)
    return Cell(element: array.place(of: row * array.width + element), field: field)
  }

  /// The bytes of a row of an array that lies in C order.
  private func range(_ row: Int) -> Range<Int> {
    let size = array.width * array.size
    return array.start + row * size..<array.start + (row + 1) * size
  }

  func isSame(_ row: Int, _ other: ArrayRows, _ otherRow: Int) -> Bool {
    let (first, second) = (range(row), other.range(otherRow))
    return ByteRuns.areEqual(bytes, first.lowerBound, other.bytes, second.lowerBound, first.count)
  }

  func hash(row: Int) -> UInt64 { ByteHash.of(UnsafeRawBufferPointer(rebasing: bytes[range(row)])) }

  func hash(row: Int, from column: Int) -> UInt64? { nil }
}

extension ArrayRows {
  func text(_ cell: Cell) -> String { array.fields[cell.field].text(bytes, at: cell.element) }

  func bytes(_ cell: Cell) -> [UInt8] { Array(text(cell).utf8) }

  func isSame(_ cell: Cell, _ other: ArrayRows, _ otherCell: Cell) -> Bool {
    bytes(cell) == other.bytes(otherCell)
  }

  func hash(_ cell: Cell, behind seed: UInt64) -> UInt64 {
    let field = array.fields[cell.field]
    if field.numberType != nil { return ByteHash.mix(seed &* 31 ^ field.bits(bytes, at: cell.element)) }
    return bytes(cell).withUnsafeBytes { ByteHash.of($0, behind: seed) }
  }

  func coarseHash(_ cell: Cell, behind seed: UInt64) -> UInt64 {
    let field = array.fields[cell.field]
    guard let type = field.numberType, type != .integer else { return hash(cell, behind: seed) }
    // Ten binary digits, rounded.
    let digits = (Float(field.number(bytes, at: cell.element)).bitPattern &+ 1 << 12) >> 13
    return ByteHash.mix(seed &* 31 ^ UInt64(digits))
  }

  func number(_ cell: Cell) -> Double? {
    let field = array.fields[cell.field]
    return field.numberType == nil ? nil : field.number(bytes, at: cell.element)
  }

  func isNumber(_ cell: Cell) -> Bool? { array.fields[cell.field].numberType != nil }

  func key(_ cell: Cell) -> RowKeys.Value? {
    let field = array.fields[cell.field]
    switch field.kind {
    case .float16, .float32, .float64: return nil
    case .signed:
      return RowKeys.Value(bits: UInt64(bitPattern: field.signed(bytes, at: cell.element)), isInteger: true)
    case .bool, .unsigned, .unicode, .bytes: return RowKeys.Value(bits: hash(cell, behind: 1), isInteger: false)
    }
  }

  func verdict(_ cell: Cell, _ other: ArrayRows, _ otherCell: Cell) -> CellVerdict {
    let (field, otherField) = (array.fields[cell.field], other.array.fields[otherCell.field])
    guard let type = field.numberType, let otherType = otherField.numberType else {
      return isSame(cell, other, otherCell) ? .same : .words
    }
    let expected = field.number(bytes, at: cell.element)
    let actual = otherField.number(other.bytes, at: otherCell.element)
    if expected.isNaN && actual.isNaN { return .same }
    if expected != actual { return .numbers(expected: expected, actual: actual, type: type.coarser(otherType)) }
    // Neighbours that a double cannot tell apart.
    let areNear =
      (field.isWide || otherField.isWide) && field.kind == otherField.kind
      && field.bits(bytes, at: cell.element) != otherField.bits(other.bytes, at: otherCell.element)
    return areNear ? .other : .same
  }
}
