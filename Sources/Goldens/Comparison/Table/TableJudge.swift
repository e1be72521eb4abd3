internal import TriageModel

/// Judges paired rows cell by cell; rows that are the same bytes are never cut into cells.
struct TableJudge<Rows: TableRows> {
  private let left: Rows
  private let right: Rows
  private let columns: [TablePlace]
  private let width: (expected: Int, actual: Int)
  private let haveSameRows: Bool
  /// Columns of the header; ragged rows have more.
  private let columnCount: Int
  private let tolerance: Tolerance
  /// What patterns of rules set aside in cells.
  private let masks: TextMasks
  /// What was found so far.
  private(set) var findings: TableFindings
  /// Whether a difference in the row that is judged was accepted.
  private var hasAccepted = false
  private var leftCells: [Rows.Cell] = []
  private var rightCells: [Rows.Cell] = []

  /// A judge of the rows of two sides; `counter` is a column that is not compared.
  init<Sides: TableSides>(
    _ left: Rows, _ right: Rows, sides: Sides, counter: Int?, tolerance: Tolerance, masks: TextMasks
  ) where Sides.Rows == Rows {
    self.masks = masks
    self.left = left
    self.right = right
    self.tolerance = tolerance
    columns = sides.columns.places(of: sides.columns.shared.filter { $0 != counter })
    width = sides.columns.width
    columnCount = sides.columns.list.count
    haveSameRows = sides.haveSameRows
    findings = TableFindings(columns: columnCount)
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
    guard haveSameRows else { return 0 }
    var count = 0
    while count < limit, left.isSame(expected + count, right, actual + count) { count += 1 }
    return count
  }

  /// Judges the cells of two rows, and says how the rows relate.
  private mutating func judge(_ expected: Int, _ actual: Int, _ place: Int) -> AlignedRun.Kind {
    left.split(expected, into: &leftCells)
    right.split(actual, into: &rightCells)
    var isChanged = false
    hasAccepted = false
    for pair in columns {
      if let rule = pair.rule {
        if !areSame(pair) { setAside(rule) }
        continue
      }
      guard pair.expected < leftCells.count, pair.actual < rightCells.count else {
        if pair.expected < leftCells.count || pair.actual < rightCells.count {
          isChanged = true
          if pair.expected < leftCells.count, left.number(leftCells[pair.expected])?.isFinite ?? false {
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
    if isChanged { return .changed }
    // Text that says the same may look otherwise, or have columns of its own.
    return Rows.areText || hasAccepted ? .tolerated : .equal
  }

  /// Whether the cells of a column are the same bytes, or missing on both sides.
  private func areSame(_ pair: TablePlace) -> Bool {
    let cells = (
      pair.expected < leftCells.count ? leftCells[pair.expected] : nil,
      pair.actual < rightCells.count ? rightCells[pair.actual] : nil
    )
    guard let first = cells.0, let second = cells.1 else { return cells.0 == nil && cells.1 == nil }
    return left.isSame(first, right, second)
  }

  /// Judges a cell of each side; whether it is accepted.
  @inline(__always)
  private mutating func judge(_ first: Rows.Cell, _ second: Rows.Cell, _ place: Int, _ column: Int) -> Bool {
    let verdict = left.verdict(first, right, second)
    if case .same = verdict { return true }
    return judge(verdict, first, second, place, column)
  }

  private mutating func judge(
    _ verdict: CellVerdict, _ first: Rows.Cell, _ second: Rows.Cell, _ place: Int, _ column: Int
  ) -> Bool {
    if !masks.isEmpty, !verdict.isSame, let rule = masks.rule(left.bytes(first), right.bytes(second)) {
      setAside(rule)
      return true
    }
    switch verdict {
    case .same: return true
    case .rewritten:
      findings.rewritten += 1
      return true
    case .numbers(let expected, let actual, let type):
      return note(judge(expected, actual, type, place, column), place, column)
    case .complex(let real, let imaginary):
      let parts = [real, imaginary].filter { $0.expected != $0.actual }
      let accepted = parts.map { judge($0.expected, $0.actual, .float64, place, column) }
      return note(!accepted.contains(false), place, column)
    case .lost:
      findings.tally.lost.addMissing(String(decoding: right.bytes(second), as: UTF8.self))
      addUnlike(place, column)
    case .regained:
      findings.tally.regained += 1
      addUnlike(place, column)
    case .other: lack(place, column)
    case .words: judgeWords(left.bytes(first), right.bytes(second), place, column)
    }
    return false
  }

  private mutating func setAside(_ rule: Int) {
    findings.setAside[rule, default: 0] += 1
    hasAccepted = true
  }

  private mutating func note(_ isAccepted: Bool, _ place: Int, _ column: Int) -> Bool {
    if isAccepted {
      findings.tolerated += 1
      hasAccepted = true
    } else {
      findings.addChange(place, column)
    }
    return isAccepted
  }

  private mutating func judgeWords(_ expected: [UInt8], _ actual: [UInt8], _ place: Int, _ column: Int) {
    findings.intolerable += 1
    findings.addChange(place, column)
    if findings.unseen.add(expected, actual, place: "\(place)") { return }
    findings.words.add(WordTally.Pair(expected: expected, actual: actual))
  }

  /// Counts two numbers that differ in; whether the tolerance accepts them.
  @inline(__always)
  private mutating func judge(
    _ expected: Double, _ actual: Double, _ type: NumberType, _ place: Int, _ column: Int
  ) -> Bool {
    findings.tally.add(expected: expected, actual: actual, type: type, place: place, column: column)
    findings.numbers.append(expected: expected, actual: actual, place: place, column: column)
    findings.note(type, column)
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
        left.isSame(leftCells[first], right, rightCells[second])
      {
        continue
      }
      isChanged = true
      lack(place, columnCount + extra)
    }
    return isChanged
  }
}

/// Splits the rows that are paired into parts and judges those on all cores.
struct TableJudging<Sides: TableSides>: Sendable {
  /// Rows that one part has at most.
  private static var partSize: Int { 1 << 15 }
  /// Groups of parts: more than cores, so that none waits long for the last.
  private static var groups: Int { 8 }

  /// A part of a run.
  private struct Part: Sendable {
    var run: Int
    var rows: Range<Int>
  }

  /// What all parts found, and the runs that came of them.
  struct Outcome {
    var findings: TableFindings
    var alignment: Alignment
  }

  let sides: Sides
  let matching: TableMatching
  let options: ComparisonOptions
  /// Rows of the tables in front of this one.
  let base: Int

  /// Judges all pairs.
  func judge() -> Outcome {
    let starts = matching.starts
    let groups = grouped(parts())
    let results = Parallel.map(groups.count) { index in judge(groups[index], starts) }
    var findings = TableFindings(columns: sides.columns.list.count)
    var judged: [[AlignedRun]] = Array(repeating: [], count: matching.runs.count)
    findings.numbers.reserve(results.reduce(0) { $0 + $1.findings.numbers.count })
    for (group, result) in zip(groups, results) {
      findings.add(result.findings)
      for (part, runs) in zip(group, result.runs) { judged[part.run] += runs }
    }
    var builder = AlignmentBuilder()
    for (run, parts) in zip(matching.runs, judged) {
      if run.kind == .changed { parts.forEach { builder.add($0) } } else { builder.add(run) }
    }
    return Outcome(findings: findings, alignment: builder.alignment)
  }

  private func judge(_ parts: [Part], _ starts: [Int]) -> (runs: [[AlignedRun]], findings: TableFindings) {
    sides.withRows { left, right in
      var judge = TableJudge(
        left, right, sides: sides, counter: matching.counter, tolerance: options.tolerance,
        masks: TextMasks(options.ignore))
      let runs = parts.map { judge.judge(matching.runs[$0.run], $0.rows, place: base + starts[$0.run]) }
      return (runs, judge.findings)
    }
  }

  private func parts() -> [Part] {
    var parts: [Part] = []
    for (place, run) in matching.runs.enumerated() where run.kind == .changed || run.kind == .movedHere {
      var next = 0
      while next < run.actual.count {
        let end = min(next + Self.partSize, run.actual.count)
        parts.append(Part(run: place, rows: next..<end))
        next = end
      }
    }
    return parts
  }

  /// Neighbouring parts in groups of about as many rows.
  private func grouped(_ parts: [Part]) -> [[Part]] {
    let total = parts.reduce(0) { $0 + $1.rows.count }
    let size = max(1, (total + Self.groups - 1) / Self.groups)
    var groups: [[Part]] = []
    var room = 0
    for part in parts {
      if room <= 0 {
        groups.append([])
        room = size
      }
      groups[groups.count - 1].append(part)
      room -= part.rows.count
    }
    return groups
  }
}
