internal import DataSyntax

/// Tells whether the first row of a table names its columns.
///
/// Words that are all different do. Numbers do (years, classes, quantiles) where more speaks for it than their letters:
/// what stands below is of another type or size, a word stands over numbers, the corner over an index is empty, or the
/// other side has the same names in another order and its cells follow them. Rows of numbers alone need more of that.
struct CSVHeader {
  /// Rows below the first that are looked at.
  private static let sample = 64

  /// Whether the first rows of two documents name their columns; an empty one has no say.
  static func names(_ expected: CSVDocument, _ actual: CSVDocument) -> Bool {
    let sides = [expected, actual].filter { $0.count > 0 }.map(CSVHeader.init)
    guard !sides.isEmpty, sides.allSatisfy({ $0.isWords || $0.mayName }) else { return false }
    let signs = sides.map { $0.isWords || $0.hasSigns }
    if !signs.contains(false) { return true }
    guard sides.count == 2 else { return false }
    return (signs.contains(true) || explain(sides[0], sides[1])) && areShared(sides[0], sides[1])
  }

  private struct Label {
    var text: [UInt8]
    var number: NumberToken?
    var isQuoted: Bool
    var isMissing: Bool
  }

  /// What stands below a label.
  private struct Column {
    var numbers = 0
    var fractions = 0
    var words = 0
    var empty = 0
    var quoted = 0
    var bytes = 0
    var lowest = Double.infinity
    var highest = -Double.infinity
    var isMostlyNumbers: Bool { numbers > 0 && numbers >= 4 * words }
    var isMostlyFractions: Bool { fractions > 0 && fractions * 2 >= numbers }
  }

  private let document: CSVDocument
  private let labels: [Label]
  private let columns: [Column]
  private let rows: Int

  private init(_ document: CSVDocument) {
    self.document = document
    labels = document.cells(0).map { cell in
      let text = document.text(cell)
      return Label(
        text: text, number: NumberToken(text), isQuoted: cell.isQuoted,
        isMissing: text.withUnsafeBufferPointer { MissingWord.isWhole($0) })
    }
    var columns = Array(repeating: Column(), count: labels.count)
    rows = min(Self.sample, max(0, document.count - 1))
    for row in 0..<rows {
      for (place, cell) in document.cells(row + 1).prefix(columns.count).enumerated() {
        Self.add(document, cell, to: &columns[place])
      }
    }
    self.columns = columns
  }

  private static func add(_ document: CSVDocument, _ cell: CSVCell, to column: inout Column) {
    let content = document.content(cell)
    if cell.isQuoted { column.quoted += 1 }
    column.bytes += content.count
    if let number = NumberToken(content) {
      column.numbers += 1
      if !number.isWhole { column.fractions += 1 }
      column.lowest = min(column.lowest, number.value.isNaN ? .infinity : number.value)
      column.highest = max(column.highest, number.value.isNaN ? -.infinity : number.value)
    } else if content.withUnsafeBufferPointer({ MissingWord.isWhole($0) }) {
      column.empty += 1
    } else {
      column.words += 1
    }
  }
}

// MARK: - One side

extension CSVHeader {
  /// Whether no number is among the labels, and one empty one at most: the index, as pandas writes it.
  private var isWords: Bool {
    guard let first = labels.first else { return false }
    return !labels.dropFirst().contains { $0.text.isEmpty } && !labels.contains { $0.number != nil }
      && !(first.text.isEmpty && labels.count == 1)
  }

  /// The places of labels that are numbers.
  private var numbered: [Int] { labels.indices.filter { labels[$0].number != nil } }

  /// Whether the labels are numbers that can be names: all different, whole or in rising or falling order.
  private var mayName: Bool {
    guard labels.count > 1, Set(labels.map(\.text)).count == labels.count,
      !labels.dropFirst().contains(where: \.isMissing), labels.allSatisfy({ $0.number?.hasDigits ?? true })
    else { return false }
    return areWhole || (isOrdered && numbered.allSatisfy { labels[$0].text.count <= 6 })
  }

  private var values: [Double] { labels.compactMap { $0.number?.value } }
  private var areWhole: Bool { numbered.allSatisfy { labels[$0].number?.isWhole ?? true } }

  private var isOrdered: Bool {
    let steps = zip(values, values.dropFirst())
    return steps.allSatisfy { $0 < $1 } || steps.allSatisfy { $0 > $1 }
  }

  /// The labels that are counted from 0 or 1.
  private var isCounted: Bool {
    let values = values
    guard let first = values.first, first == 0 || first == 1 else { return false }
    return values.enumerated().allSatisfy { $1 == first + Double($0) }
  }

  /// Whether something else than the labels themselves says that they are names.
  private var hasSigns: Bool {
    guard mayName else { return false }
    if isCorner || hasWordOverNumbers || isQuotedAlone { return true }
    let numbered = numbered
    if numbered.isEmpty || rows == 0 { return false }
    if numbered.allSatisfy({ columns[$0].words > columns[$0].numbers }) { return true }
    let isMixed = numbered.count < labels.count
    if areWhole, isMixed || isOrdered {
      let fractional = numbered.count { columns[$0].isMostlyFractions }
      if isMixed ? fractional * 2 >= numbered.count : fractional == numbered.count { return true }
    }
    if areYears, isOrdered, isBeyond { return true }
    if isMixed, isOrdered, areWhole, isCounted, numbered.count > 2 { return true }
    return isBeyond && isBeyondChance(isMixed: isMixed) || isMixed && isShorter
  }

  /// Whether the corner over an index is empty, and the index is not; or pandas has counted the columns.
  private var isCorner: Bool {
    guard let first = labels.first, first.text.isEmpty, labels.count > 1 else { return false }
    let isCounted = labels.dropFirst().enumerated().allSatisfy { String($0.offset).utf8.elementsEqual($0.element.text) }
    return isCounted || (rows > 0 && columns[0].empty == 0 && columns[0].numbers + columns[0].words > 0)
  }

  private var hasWordOverNumbers: Bool {
    labels.indices.contains { place in
      !labels[place].text.isEmpty && !labels[place].isMissing && labels[place].number == nil
        && columns[place].isMostlyNumbers && !NumberUnit.isUnit(labels[place].text)
        && !(labels[place].text.first.map { TextTokens.isDigit($0) } ?? false)
    }
  }

  /// Whether numbers stand in quotation marks, and none does below.
  private var isQuotedAlone: Bool {
    !numbered.isEmpty
      && numbered.allSatisfy { labels[$0].isQuoted && columns[$0].numbers > 0 && columns[$0].quoted == 0 }
  }

  private var areYears: Bool { values.count > 1 && areWhole && values.allSatisfy { (1800..<2200).contains($0) } }

  /// Whether each label that is a number lies beyond all numbers below it.
  private var isBeyond: Bool {
    numbered.allSatisfy { place in
      let column = columns[place]
      guard column.numbers > 0, let value = labels[place].number?.value else { return false }
      return value < column.lowest || value > column.highest
    }
  }

  /// Whether it would be rare for a first row of data to lie beyond all others in every column.
  private func isBeyondChance(isMixed: Bool) -> Bool {
    guard isOrdered, rows > 3 else { return false }
    var chance = isMixed ? 1 : 0.2
    for _ in numbered.dropFirst(isMixed ? 0 : 1) { chance *= 2 / Double(rows + 1) }
    return isMixed ? chance < 0.05 : false
  }

  /// Whether the labels are written with fewer digits than what is below, on average, by far.
  private var isShorter: Bool {
    guard isOrdered, numbered.count > 1, rows > 1 else { return false }
    return numbered.allSatisfy { columns[$0].numbers == rows && columns[$0].bytes > (labels[$0].text.count + 2) * rows }
  }
}

// MARK: - Both sides

extension CSVHeader {
  /// Whether half of the labels of the narrower side stand on the other too.
  private static func areShared(_ left: CSVHeader, _ right: CSVHeader) -> Bool {
    let names = Set(right.labels.map(\.text))
    let shared = left.labels.count { names.contains($0.text) }
    return shared * 2 >= min(left.labels.count, right.labels.count)
  }

  /// Whether the cells of both sides go by the labels and not by their places, where these differ.
  private static func explain(_ left: CSVHeader, _ right: CSVHeader) -> Bool {
    guard left.numbered.count < left.labels.count || left.areWhole else { return false }
    var places: [[UInt8]: Int] = [:]
    for (place, label) in right.labels.enumerated() { places[label.text] = place }
    let moved = left.labels.indices.compactMap { place in
      places[left.labels[place].text].flatMap { $0 == place ? nil : (from: place, to: $0) }
    }
    guard !moved.isEmpty else { return false }
    var (byName, byPlace, compared) = (0, 0, 0)
    for row in 0..<min(left.rows, right.rows) {
      let (cells, others) = (left.document.cells(row + 1), right.document.cells(row + 1))
      for pair in moved where pair.from < cells.count && pair.to < others.count && pair.from < others.count {
        compared += 1
        if areNear(left, cells[pair.from], right, others[pair.to]) { byName += 1 }
        if areNear(left, cells[pair.from], right, others[pair.from]) { byPlace += 1 }
      }
    }
    return compared > 1 && byName * 2 >= compared && byName >= 2 * byPlace
  }

  private static func areNear(_ left: CSVHeader, _ cell: CSVCell, _ right: CSVHeader, _ other: CSVCell) -> Bool {
    let (first, second) = (left.document.content(cell), right.document.content(other))
    if first.elementsEqual(second) { return true }
    guard let one = NumberToken(first)?.value, let two = NumberToken(second)?.value else { return false }
    return abs(one - two) <= 1e-3 * abs(one)
  }
}
