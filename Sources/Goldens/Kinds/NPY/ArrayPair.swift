internal import Foundation
internal import TriageModel

/// Compares two arrays of one name, cell by cell where they lie.
struct ArrayPair {
  let name: String
  let expected: NPYArray
  let actual: NPYArray
  let options: ComparisonOptions
  private let columns: ArrayColumns
  private var cells: [TableComparison.Column]
  private var runs: [AlignedRun] = []
  private(set) var isLimited = false

  /// Two arrays.
  init(name: String, _ expected: NPYArray, _ actual: NPYArray, _ options: ComparisonOptions) {
    self.name = name
    self.expected = expected
    self.actual = actual
    self.options = options
    columns = ArrayColumns(expected, actual)
    cells = columns.columns.enumerated().map { index, column in
      var cell = TableComparison.Column(
        name: column.name, expected: column.expected == nil ? nil : index, actual: column.actual == nil ? nil : index)
      let field = column.expected.map { expected.fields[$0.field] } ?? column.actual.map { actual.fields[$0.field] }
      cell.isNumeric = field?.numberType != nil
      return cell
    }
  }

  /// Compares, counts into the findings, and gives the table.
  mutating func compare(_ found: inout ArrayFindings) -> TableComparison {
    let base = found.begin(name, expected, actual)
    found.structure += columns.structure.map { name.isEmpty ? $0 : "\(name): \($0)" }
    expected.bytes.withUnsafeBytes { left in
      actual.bytes.withUnsafeBytes { right in rows(left, right, base, &found) }
    }
    return TableComparison(
      title: title, columns: cells, alignment: Alignment(runs), firstRowNumber: 0,
      source: ArrayTable(expected: expected, actual: actual, columns: columns, tolerance: options.tolerance))
  }

  private var title: String {
    let shape =
      NPYArray.name(expected.shape) + (expected.shape == actual.shape ? "" : " → " + NPYArray.name(actual.shape))
    let type = expected.type + (expected.type == actual.type ? "" : " → " + actual.type)
    return (name.isEmpty ? "" : name + " ") + shape + " " + type
  }

  private mutating func rows(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, _ base: Int, _ found: inout ArrayFindings
  ) {
    let (expected, actual) = (expected, actual)
    let order = ArrayRows(
      expected.hashes(left, isCoarse: false), actual.hashes(right, isCoarse: false),
      steps: options.limits.alignmentSteps
    ) { (expected.hashes(left, isCoarse: true), actual.hashes(right, isCoarse: true)) }
    isLimited = order.isLimited
    if columns.structure.isEmpty {
      found.note(shift: order.shift, permutation: order.permutation, name: name)
    }
    for step in order.steps {
      switch step {
      case .pair(let row, let other): append(pair(left, row, right, other, base, &found), row, other)
      case .removed(let row):
        found.removed += 1
        found.countOther()
        found.first(expected.name(of: row * expected.width, field: -1), in: name)
        append(.removed, row, runs.last?.actual.upperBound ?? 0)
      case .added(let other):
        found.added += 1
        found.countOther()
        found.first(actual.name(of: other * actual.width, field: -1), in: name)
        append(.added, runs.last?.expected.upperBound ?? 0, other)
      }
    }
  }

  private mutating func append(_ kind: AlignedRun.Kind, _ row: Int, _ other: Int) {
    let rows = row..<row + (kind == .added ? 0 : 1)
    let others = other..<other + (kind == .removed ? 0 : 1)
    if let last = runs.indices.last, runs[last].kind == kind, runs[last].expected.upperBound == rows.lowerBound,
      runs[last].actual.upperBound == others.lowerBound
    {
      runs[last].expected = runs[last].expected.lowerBound..<rows.upperBound
      runs[last].actual = runs[last].actual.lowerBound..<others.upperBound
    } else {
      runs.append(AlignedRun(kind, expected: rows, actual: others))
    }
  }

  /// Compares two rows; the worst of their cells.
  private mutating func pair(
    _ left: UnsafeRawBufferPointer, _ row: Int, _ right: UnsafeRawBufferPointer, _ other: Int, _ base: Int,
    _ found: inout ArrayFindings
  ) -> AlignedRun.Kind {
    var kind = AlignedRun.Kind.equal
    for (index, column) in columns.columns.enumerated() {
      guard let from = column.expected, let to = column.actual else { continue }
      let element = row * expected.width + from.element
      let (field, otherField) = (expected.fields[from.field], actual.fields[to.field])
      let (place, otherPlace) = (expected.place(of: element), actual.place(of: other * actual.width + to.element))
      let cell: AlignedRun.Kind
      if let type = field.numberType, let otherType = otherField.numberType {
        let pair = (field.number(left, at: place), otherField.number(right, at: otherPlace))
        found.columns[base + from.field].add(expected: pair.0, actual: pair.1)
        if field.isWide || otherField.isWide, field.bits(left, at: place) != otherField.bits(right, at: otherPlace),
          pair.0 == pair.1, field.kind == otherField.kind
        {
          // Neighbours that a double cannot tell apart.
          found.changed += 1
          found.countOther()
          cell = .changed
        } else {
          cell = found.number(
            pair, Self.coarser(type, otherType), place: element, column: base + from.field, options.tolerance)
        }
      } else {
        cell = found.word(field.text(left, at: place), otherField.text(right, at: otherPlace))
      }
      if cell == .changed {
        cells[index].changed += 1
        found.first(expected.name(of: element, field: from.field), in: name)
        kind = .changed
      } else if cell == .tolerated, kind == .equal {
        kind = .tolerated
      }
    }
    return kind
  }

  /// The type of the two that has fewer digits, which is all that can be asked for.
  private static func coarser(_ left: NumberType, _ right: NumberType) -> NumberType {
    let order: [NumberType] = [.bfloat16, .float16, .float32, .float64, .integer]
    return order.first { $0 == left || $0 == right } ?? left
  }
}

extension NPYField {
  /// Whether it is a whole number that may be larger than a double holds.
  var isWide: Bool { size == 8 && (kind == .signed || kind == .unsigned) }
}

extension NPYArray {
  /// A hash of every row's values, in C order whatever the file's; coarse ones leave out the digits that noise changes.
  func hashes(_ bytes: UnsafeRawBufferPointer, isCoarse: Bool) -> [UInt64] {
    let width = width
    return (0..<height).map { row in
      var hash: UInt64 = 0x51_7C_C1_B7
      for element in row * width..<(row + 1) * width {
        let place = place(of: element)
        for field in fields { hash = ByteRuns.mix(hash ^ field.hash(bytes, at: place, isCoarse: isCoarse)) }
      }
      return hash
    }
  }
}

extension NPYField {
  fileprivate func hash(_ bytes: UnsafeRawBufferPointer, at element: Int, isCoarse: Bool) -> UInt64 {
    switch kind {
    case .bool, .signed, .unsigned: return bits(bytes, at: element)
    case .float16, .float32, .float64:
      if !isCoarse { return bits(bytes, at: element) }
      // Ten binary digits, rounded.
      return UInt64((Float(number(bytes, at: element)).bitPattern &+ 1 << 12) >> 13)
    case .unicode, .bytes:
      let range = element + offset..<element + offset + size
      guard !isBigEndian else { return ByteRuns.hash(of: text(bytes, at: element)) }
      return ByteRuns.hash(UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: UInt8.self))
    }
  }
}

extension ByteRuns {
  /// A hash of text.
  static func hash(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { hash($0) }
  }
}
