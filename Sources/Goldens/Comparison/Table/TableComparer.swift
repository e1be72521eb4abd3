internal import TriageModel

/// A table whose rows were matched and judged.
struct JudgedTable<Sides: TableSides> {
  let sides: Sides
  let matching: TableMatching
  let findings: TableFindings
  let alignment: Alignment
  /// The columns with what was found in them, those of ragged rows behind the others.
  let columns: [TableComparison.Column]
  /// Rows of the tables in front of this one.
  let base: Int
  /// What is judged together in the tables in front of this one.
  let series: Int
  /// Rows that only the expected side has.
  let removed: Int
  /// Rows that only the actual side has.
  let added: Int
  /// Rows that stand elsewhere.
  let moved: Int
  /// Rows that both sides have.
  let pairs: Int

  /// Matches and judges the rows of two sides.
  init(_ sides: Sides, _ options: ComparisonOptions, base: Int, series: Int, steps: inout Int) {
    self.sides = sides
    self.base = base
    self.series = series
    matching = sides.match(options, steps: &steps)
    let outcome = TableJudging(sides: sides, matching: matching, options: options, base: base).judge()
    findings = outcome.findings
    alignment = outcome.alignment
    columns = Self.columns(sides, outcome.findings, keys: matching.keys)
    func rows(_ kinds: Set<AlignedRun.Kind>) -> Int {
      outcome.alignment.runs.reduce(0) { kinds.contains($1.kind) ? $0 + $1.height : $0 }
    }
    (removed, added, moved) = (rows([.removed]), rows([.added]), rows([.movedHere]))
    pairs = rows([.equal, .tolerated, .changed, .movedHere])
  }

  private static func columns(
    _ sides: Sides, _ findings: TableFindings, keys: [Int]
  ) -> [TableComparison.Column] {
    var columns = sides.columns
    columns.addRagged(findings.ragged)
    let numeric = sides.withRows { left, right in (numericColumns(left), numericColumns(right)) }
    for column in columns.list.indices {
      columns.update(column) {
        $0.changed = column < findings.changed.count ? findings.changed[column] : 0
        $0.isNumeric = $0.expected.map(numeric.0.contains) ?? false || $0.actual.map(numeric.1.contains) ?? false
        $0.isKey = keys.contains(column)
      }
    }
    return columns.list
  }

  /// The columns whose first cells are numbers, as far as they say anything.
  private static func numericColumns(_ rows: Sides.Rows) -> Set<Int> {
    var cells: [Sides.Rows.Cell] = []
    var numbers: Set<Int> = []
    var words: Set<Int> = []
    for row in 0..<min(rows.count, 64) {
      rows.split(row, into: &cells)
      for (column, cell) in cells.enumerated() where !words.contains(column) {
        guard let isNumber = rows.isNumber(cell) else { continue }
        if isNumber { numbers.insert(column) } else { words.insert(column) }
      }
    }
    return numbers.subtracting(words)
  }

  /// The table as it is shown.
  func comparison(under tolerance: Tolerance) -> TableComparison {
    TableComparison(
      title: sides.title, columns: columns, alignment: alignment, firstRowNumber: sides.firstRowNumber,
      source: TableCells(sides: sides, tolerance: tolerance, counter: matching.counter, alignment: alignment))
  }
}

/// Compares tables, one or the several of a file: rows by key, content or place, cells by their numbers; and counts what
/// differs.
struct TableComparer<Sides: TableSides> {
  private let options: ComparisonOptions
  private var tables: [JudgedTable<Sides>] = []
  private var shown: [TableComparison] = []
  private var summary: ChangeSummary

  /// Compares tables of a file of a kind.
  ///
  /// - Parameters:
  ///   - unit: How its values are called when they are counted.
  ///   - structure: Changes of the file as a whole, a clause each, which no tolerance accepts.
  ///   - forms: What differs about the file without a value differing, a clause each.
  static func compare(
    _ sides: [Sides], kind: String, unit: String, structure: [String] = [], forms: [String] = [],
    _ options: ComparisonOptions
  ) -> Comparison {
    var comparer = TableComparer(options: options, summary: ChangeSummary(unit: unit))
    comparer.judge(sides)
    var comparison = Comparison(kind: kind, body: .tables(comparer.shown))
    comparer.finish(&comparison, structure, forms)
    return comparison
  }

  private init(options: ComparisonOptions, summary: ChangeSummary) {
    self.options = options
    self.summary = summary
  }

  private mutating func judge(_ sides: [Sides]) {
    var (base, series) = (0, 0)
    var steps = options.limits.alignmentSteps
    for sides in sides {
      let table = JudgedTable(sides, options, base: base, series: series, steps: &steps)
      base += table.alignment.count
      series += sides.columns.judgedNames.count
      summary.removed += table.removed
      summary.added += table.added
      summary.moved += table.moved
      summary.changed += table.findings.changed.reduce(0, +)
      summary.tolerated += table.findings.tolerated
      summary.total = summary.total.addingReportingOverflow(sides.total).partialValue
      tables.append(table)
      shown.append(table.comparison(under: options.tolerance))
    }
  }

  private mutating func finish(_ comparison: inout Comparison, _ structure: [String], _ forms: [String]) {
    let columns = tables.map(\.sides.columns)
    let changes = structure + columns.flatMap(\.structure) + columns.compactMap(\.order)
    summary.structure = changes + forms
    noteForms()
    let numbers = numbers()
    let intolerable = tables.reduce(0) { $0 + $1.findings.intolerable }
    comparison.numbers = numbers
    comparison.intolerable = intolerable + summary.removed + summary.added + summary.moved + changes.count
    nameExtremes(hasIntolerable: comparison.intolerable > 0)
    let unseen = unseen() + columns.flatMap(\.unseenNames)
    comparison.drift = TableDrift(
      tables: tables, structure: structure, summary: summary, numbers: numbers, unseen: unseen
    ).judge()
    var aside: [Int: Int] = [:]
    for table in tables {
      aside.merge(table.findings.setAside, uniquingKeysWith: +)
      aside.merge(table.sides.columns.setAsideAlone, uniquingKeysWith: +)
      for remark in table.matching.remarks where !comparison.remarks.contains(remark) {
        comparison.remarks.append(remark)
      }
    }
    summary.take(aside, of: options.ignore)
    comparison.summary = summary
    if tables.contains(where: { $0.findings.ragged > 0 }) {
      comparison.remarks.append("Some rows have more cells than the first row.")
    }
    comparison.remarks += unseen.map { $0 + "." }
  }

  /// What differs about the tables as wholes, without a value differing.
  private mutating func noteForms() {
    let rewritten = tables.reduce(0) { $0 + $1.findings.rewritten }
    if rewritten > 0 { summary.structure.append("\(rewritten) cells say the same and are written otherwise") }
    for table in tables {
      guard let counter = table.matching.counter, table.removed + table.added + table.moved > 0 else { continue }
      let name = table.columns[counter].name
      summary.structure.append("the running numbers of column \(name.isEmpty ? "without a name" : name) moved on")
    }
  }

  /// All numbers that differ, by what is judged together.
  private func numbers() -> NumberDifferences {
    if tables.count == 1, let table = tables.first, table.sides.columns.areJudgedAlone {
      var numbers = table.findings.numbers
      numbers.types = table.columns.indices.map { table.findings.type(of: $0) ?? .integer }
      return numbers
    }
    var types: [NumberType?] = Array(
      repeating: nil, count: tables.reduce(0) { $0 + $1.sides.columns.judgedNames.count })
    var numbers = NumberDifferences(types: [])
    numbers.reserve(tables.reduce(0) { $0 + $1.findings.numbers.count })
    for table in tables {
      let columns = table.sides.columns
      for column in columns.list.indices {
        guard let type = table.findings.type(of: column) else { continue }
        let series = table.series + columns.series(of: column)
        types[series] = types[series]?.coarser(type) ?? type
      }
      let found = table.findings.numbers
      for index in found.expected.indices {
        numbers.append(
          expected: found.expected[index], actual: found.actual[index], place: Int(found.indices[index]),
          column: table.series + columns.series(of: Int(found.columns[index])))
      }
    }
    numbers.types = types.map { $0 ?? .integer }
    return numbers
  }
}

// MARK: - Names

extension TableComparer {
  /// Where a row of all tables together is, and a column of its table.
  private func name(_ place: Int, _ column: Int?) -> String {
    let index = tables.lastIndex { $0.base <= place && place < $0.base + $0.alignment.count }
    guard let index, let row = shown[index].alignment.row(at: place - tables[index].base) else { return "row \(place)" }
    let columns = shown[index].columns
    return tables[index].sides.name(
      of: row, column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }, in: shown[index])
  }

  private func unseen() -> [String] {
    var unseen = UnseenTally()
    for table in tables { unseen.add(table.findings.unseen) }
    return unseen.clauses("cell") { Int($0).map { name($0, nil) } ?? $0 }
  }

  private mutating func nameExtremes(hasIntolerable: Bool) {
    var tally = NumberTally()
    for table in tables { tally.add(table.findings.tally) }
    var summary = summary
    tally.fill(&summary, intolerable: hasIntolerable) { name($0, $1) }
    let firstRows = tables.compactMap { table in
      let run = table.alignment.runs.firstIndex { [.removed, .added, .movedAway, .movedHere].contains($0.kind) }
      return run.map { table.base + table.alignment.starts[$0] }
    }
    let firstRow = firstRows.first
    if let cell = tables.lazy.compactMap(\.findings.first).first, cell.place <= firstRow ?? .max {
      summary.first = name(cell.place, cell.column)
    } else if let firstRow {
      summary.first = name(firstRow, nil)
    }
    summary.worst = summary.worst ?? summary.first
    self.summary = summary
  }
}
