internal import DataSyntax
internal import TriageModel

/// Compares two tables: columns by name, rows by key or content, cells by their numbers; and counts what differs.
struct TableComparer {
  private var sides: TableSides
  private let options: ComparisonOptions
  private let matching: TableMatching
  private let outcome: TableJudging.Outcome
  private var summary = ChangeSummary(unit: "cells")
  private var remarks: [String]

  /// Compares two documents.
  static func compare(_ expected: CSVDocument, _ actual: CSVDocument, _ options: ComparisonOptions) -> Comparison {
    var comparer = TableComparer(TableSides(expected, actual, options.ignore), options)
    return comparer.finish()
  }

  private init(_ sides: TableSides, _ options: ComparisonOptions) {
    self.sides = sides
    self.options = options
    matching = TableMatcher(sides: sides, options: options).match()
    outcome = TableJudging(sides: sides, matching: matching, options: options).judge()
    remarks = matching.remarks
  }

  private var findings: TableFindings { outcome.findings }
  private var rows: (expected: Int, actual: Int) { TableRows.with(sides) { ($0.count, $1.count) } }
  private var firstRowNumber: Int { sides.hasHeader ? 2 : 1 }

  private mutating func finish() -> Comparison {
    markColumns()
    countRows()
    noteForms()
    let source = CSVTableSource(
      sides: sides, tolerance: options.tolerance, counter: matching.counter, moved: outcome.moved,
      firstRowNumber: firstRowNumber)
    let intolerable =
      findings.intolerable + summary.removed + summary.added + summary.moved + sides.structure.count
      + (sides.order == nil ? 0 : 1)
    let table = TableComparison(
      title: "", columns: sides.columns, alignment: outcome.alignment, firstRowNumber: firstRowNumber, source: source)
    nameExtremes(table, hasIntolerable: intolerable > 0)
    let unseen =
      findings.unseen.clauses("cell") { place in
        Int(place).flatMap { table.alignment.row(at: $0) }.map { table.place(of: $0) } ?? place
      } + sides.unseenNames
    var comparison = Comparison(kind: "csv", body: .tables([table]))
    var numbers = findings.numbers
    numbers.types = sides.columns.indices.map {
      $0 < findings.hasFractions.count && findings.hasFractions[$0] ? .float64 : .integer
    }
    comparison.numbers = numbers
    comparison.drift = TableDrift(
      sides: sides, matching: matching, findings: findings, summary: summary, numbers: numbers,
      alignment: outcome.alignment, unseen: unseen
    ).judge()
    var aside = findings.setAside
    for (rule, count) in sides.setAsideAlone { aside[rule, default: 0] += count }
    summary.take(aside, of: options.ignore)
    comparison.summary = summary
    comparison.intolerable = intolerable
    comparison.remarks = remarks + unseen.map { $0 + "." }
    return comparison
  }

  private mutating func markColumns() {
    sides.addRagged(findings.ragged)
    if findings.ragged > 0 { remarks.append("Some rows have more cells than the first row.") }
    let numeric = TableRows.with(sides) { left, right in
      (Self.numericColumns(left), Self.numericColumns(right))
    }
    for column in sides.columns.indices {
      let changed = column < findings.changed.count ? findings.changed[column] : 0
      sides.update(column) {
        $0.changed = changed
        $0.isNumeric = $0.expected.map(numeric.0.contains) ?? false || $0.actual.map(numeric.1.contains) ?? false
        $0.isKey = matching.keys.contains(column)
      }
    }
  }

  /// The columns whose first cells are numbers, as far as they say anything.
  private static func numericColumns(_ rows: TableRows) -> Set<Int> {
    var cells: [CSVCell] = []
    var numbers: Set<Int> = []
    var words: Set<Int> = []
    for row in 0..<min(rows.count, 64) {
      rows.split(row, into: &cells)
      for (column, cell) in cells.enumerated() where cell.end > cell.start && !words.contains(column) {
        if rows.measure(cell) != nil {
          numbers.insert(column)
        } else if !MissingWord.isWhole(rows.content(cell)) {
          words.insert(column)
        }
      }
    }
    return numbers.subtracting(words)
  }

  private mutating func countRows() {
    for run in outcome.alignment.runs {
      switch run.kind {
      case .removed: summary.removed += run.height
      case .added: summary.added += run.height
      case .movedHere: summary.moved += run.height
      case .equal, .tolerated, .changed, .movedAway: break
      }
    }
    let count = rows
    summary.changed = findings.changed.reduce(0, +)
    summary.tolerated = findings.tolerated
    summary.total = max(
      count.expected.multipliedReportingOverflow(by: max(1, sides.width.expected)).partialValue,
      count.actual.multipliedReportingOverflow(by: max(1, sides.width.actual)).partialValue)
    summary.structure = sides.structure + [sides.order].compactMap(\.self)
  }

  /// What differs about the documents as wholes, without a value differing.
  private mutating func noteForms() {
    let (left, right) = (sides.expected, sides.actual)
    if left.dialect != right.dialect { summary.structure.append("cells are divided otherwise") }
    summary.structure += FormDifferences.clauses(left.bytes, right.bytes)
    if findings.rewritten > 0 {
      summary.structure.append("\(findings.rewritten) cells say the same and are written otherwise")
    }
    if let counter = matching.counter, summary.removed + summary.added + summary.moved > 0 {
      let name = sides.columns[counter].name
      summary.structure.append("the running numbers of column \(name.isEmpty ? "without a name" : name) moved on")
    }
  }

  private mutating func nameExtremes(_ table: TableComparison, hasIntolerable: Bool) {
    let alignment = table.alignment
    func name(_ place: Int, _ column: Int?) -> String {
      guard let row = alignment.row(at: place) else { return "row \(place)" }
      guard let column, table.columns.indices.contains(column) else { return table.place(of: row) }
      return table.place(of: row) + ", " + table.columns[column].name
    }
    findings.tally.fill(&summary, intolerable: hasIntolerable) { name($0, $1) }
    let firstRun = alignment.runs.firstIndex { [.removed, .added, .movedAway, .movedHere].contains($0.kind) }
    let firstRow = firstRun.map { alignment.starts[$0] }
    if let cell = findings.first, cell.place <= firstRow ?? .max {
      summary.first = name(cell.place, cell.column)
    } else if let firstRow {
      summary.first = name(firstRow, nil)
    }
    summary.worst = summary.worst ?? summary.first
  }
}
