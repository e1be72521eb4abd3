internal import DataSyntax
internal import TriageModel

/// Judges paired rows cell by cell; rows that are the same bytes are never cut into cells.
struct TableJudge {
  private let left: TableRows
  private let right: TableRows
  private let columns: [Pair]
  private let width: (expected: Int, actual: Int)
  private let hasSameColumns: Bool
  /// Columns of the header; ragged rows have more.
  private let columnCount: Int
  private let tolerance: Tolerance
  /// What patterns of rules set aside in cells.
  private let masks: TextMasks
  /// What was found so far.
  private(set) var findings: TableFindings
  private var leftCells: [CSVCell] = []
  private var rightCells: [CSVCell] = []

  /// A column of both sides: its place among all columns and in each row.
  struct Pair: Sendable {
    var column: Int
    var expected: Int
    var actual: Int
    /// The place of the rule that sets it aside.
    var rule: Int?
  }

  /// A judge of the rows of two sides; `counter` is a column that is not compared.
  init(_ left: TableRows, _ right: TableRows, sides: TableSides, counter: Int?, tolerance: Tolerance, masks: TextMasks)
  {
    self.masks = masks
    self.left = left
    self.right = right
    self.tolerance = tolerance
    columns = sides.shared.filter { $0 != counter }.compactMap { column in
      guard let expected = sides.columns[column].expected, let actual = sides.columns[column].actual else {
        return nil
      }
      return Pair(column: column, expected: expected, actual: actual, rule: sides.setAside[column])
    }
    width = sides.width
    columnCount = sides.columns.count
    hasSameColumns = sides.hasSameColumns
    findings = TableFindings(columns: sides.columns.count)
  }

  /// Judges a part of a run of pairs whose first stands at a row of the alignment; how its rows relate.
  mutating func judge(_ run: AlignedRun, _ part: Range<Int>, place: Int) -> [AlignedRun] {
    var builder = AlignmentBuilder()
    var index = part.lowerBound
    while index < part.upperBound {
      let expected = run.expected.lowerBound + index
      let actual = run.actual.lowerBound + index
      let same = sameRows(expected, actual, part.upperBound - index)
      if same > 0 {
        builder.add(.equal, expected, actual, same)
        index += same
        continue
      }
      builder.add(judge(expected, actual, place + index), expected, actual)
      index += 1
    }
    return builder.runs
  }

  /// How many rows from here on are the same bytes.
  private func sameRows(_ expected: Int, _ actual: Int, _ limit: Int) -> Int {
    guard hasSameColumns else { return 0 }
    var count = 0
    let first = UnsafeRawBufferPointer(left.bytes)
    let second = UnsafeRawBufferPointer(right.bytes)
    while count < limit {
      let one = left.range(expected + count)
      let other = right.range(actual + count)
      guard one.count == other.count,
        ByteRuns.areEqual(first, one.lowerBound, second, other.lowerBound, one.count)
      else { break }
      count += 1
    }
    return count
  }

  /// Judges the cells of two rows, and says how the rows relate.
  private mutating func judge(_ expected: Int, _ actual: Int, _ place: Int) -> AlignedRun.Kind {
    left.split(expected, into: &leftCells)
    right.split(actual, into: &rightCells)
    var isChanged = false
    for pair in columns {
      if let rule = pair.rule {
        if !areSame(pair) { findings.setAside[rule, default: 0] += 1 }
        continue
      }
      guard pair.expected < leftCells.count, pair.actual < rightCells.count else {
        if pair.expected < leftCells.count || pair.actual < rightCells.count {
          isChanged = true
          if pair.expected < leftCells.count, left.number(leftCells[pair.expected])?.value.isFinite ?? false {
            findings.tally.lost.addMissing("")
            addUnlike(place, pair.column)
          } else {
            lack(place, pair.column)
          }
        }
        continue
      }
      if !judge(leftCells[pair.expected], rightCells[pair.actual], place, pair.column) { isChanged = true }
    }
    if leftCells.count > width.expected || rightCells.count > width.actual {
      isChanged = judgeRagged(place) || isChanged
    }
    return isChanged ? .changed : .tolerated
  }

  /// Whether the cells of a column are the same bytes, or missing on both sides.
  private func areSame(_ pair: Pair) -> Bool {
    let cells = (
      pair.expected < leftCells.count ? leftCells[pair.expected] : nil,
      pair.actual < rightCells.count ? rightCells[pair.actual] : nil
    )
    guard let first = cells.0, let second = cells.1 else { return cells.0 == nil && cells.1 == nil }
    return left.content(first).elementsEqual(right.content(second))
  }

  /// Judges a cell of each side; whether it is accepted.
  private mutating func judge(_ first: CSVCell, _ second: CSVCell, _ place: Int, _ column: Int) -> Bool {
    let verdict = CellVerdict(left, first, right, second)
    if !masks.isEmpty, !verdict.isSame, let rule = masks.rule(left.content(first), right.content(second)) {
      findings.setAside[rule, default: 0] += 1
      return true
    }
    switch verdict {
    case .same:
      if first.end - first.start != second.end - second.start || first.isQuoted != second.isQuoted
        || !left.content(first).elementsEqual(right.content(second))
      {
        findings.rewritten += 1
      }
      return true
    case .numbers(let expected, let actual, let isWhole):
      let isAccepted = judge(expected, actual, isWhole ? .integer : .float64, place, column)
      if isAccepted { findings.tolerated += 1 } else { findings.addChange(place, column) }
      return isAccepted
    case .complex(let real, let imaginary):
      let parts = [real, imaginary].filter { $0.expected != $0.actual }
      let accepted = parts.map { judge($0.expected, $0.actual, .float64, place, column) }
      let isAccepted = !accepted.contains(false)
      if isAccepted { findings.tolerated += 1 } else { findings.addChange(place, column) }
      return isAccepted
    case .lost:
      findings.tally.lost.addMissing(String(decoding: right.content(second), as: UTF8.self))
      addUnlike(place, column)
      return false
    case .regained:
      findings.tally.regained += 1
      addUnlike(place, column)
      return false
    case .words:
      findings.intolerable += 1
      findings.addChange(place, column)
      if findings.unseen.add(left.content(first), right.content(second), place: "\(place)") { return false }
      findings.add(
        TableFindings.Words(
          expected: String(decoding: left.content(first), as: UTF8.self),
          actual: String(decoding: right.content(second), as: UTF8.self)))
      return false
    }
  }

  /// Counts two numbers that differ in; whether the tolerance accepts them.
  @inline(__always)
  private mutating func judge(
    _ expected: Double, _ actual: Double, _ type: NumberType, _ place: Int, _ column: Int
  ) -> Bool {
    findings.tally.add(expected: expected, actual: actual, type: type, place: place, column: column)
    findings.numbers.append(expected: expected, actual: actual, place: place, column: column)
    if type != .integer { findings.hasFractions[column] = true }
    return tolerance.accepts(expected: expected, actual: actual, type: type)
  }

  private mutating func addUnlike(_ place: Int, _ column: Int) {
    findings.tally.addUnlike(place, column)
    findings.intolerable += 1
    findings.addChange(place, column)
  }

  private mutating func lack(_ place: Int, _ column: Int) {
    findings.otherChanges += 1
    findings.intolerable += 1
    findings.addChange(place, column)
  }

  /// Judges cells beyond the columns; whether any differs.
  private mutating func judgeRagged(_ place: Int) -> Bool {
    let count = max(leftCells.count - width.expected, rightCells.count - width.actual)
    findings.ragged = max(findings.ragged, count)
    var isChanged = false
    for extra in 0..<count {
      let first = width.expected + extra
      let second = width.actual + extra
      if first < leftCells.count, second < rightCells.count,
        left.content(leftCells[first]).elementsEqual(right.content(rightCells[second]))
      {
        continue
      }
      isChanged = true
      lack(place, columnCount + extra)
    }
    return isChanged
  }
}
