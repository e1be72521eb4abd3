internal import DataSyntax
internal import SafeText
internal import TriageModel

/// Tables in text: comma-separated values, and those with tabs, semicolons or bars between cells.
struct CSV: GoldenKind {
  let id = "csv"
  let title = "CSV"

  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    return [".csv", ".tsv", ".tab"].contains(where: name.hasSuffix)
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let dialect = CSVDialect(detecting: (expected.isEmpty ? actual : expected).prefix(1 << 16))
    let other = actual.isEmpty ? dialect : CSVDialect(detecting: actual.prefix(1 << 16))
    let documents = Parallel.map(2) { side in
      side == 0 ? Self.read(expected, dialect, "expected") : Self.read(actual, other, "actual")
    }
    let sides = CSVSides(try documents[0].get(), try documents[1].get(), options.ignore)
    return TableComparer.compare([sides], kind: id, unit: "cells", forms: sides.forms, options)
  }

  private static func read(
    _ bytes: [UInt8], _ dialect: CSVDialect, _ side: String
  ) -> Result<CSVDocument, GoldenError> {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return .failure(.unsupported("the \(side) side is UTF-16"))
    }
    if bytes.prefix(1 << 16).contains(0) { return .failure(.malformed("the \(side) side holds NUL bytes")) }
    do throws(CSVError) {
      let document = try CSVDocument(bytes, dialect: dialect)
      if document.count > 0, document.cells(0).count > CSVLimits().columns {
        throw .limit("columns", CSVLimits().columns, line: 1)
      }
      return .success(document)
    } catch {
      return .failure(.malformed("\(side): \(error)"))
    }
  }
}

/// Two CSV documents as tables: whether the first row is a header, and how numbers are written.
struct CSVSides: TableSides {
  /// The golden.
  let expected: CSVDocument
  /// What the run produced.
  let actual: CSVDocument
  /// Whether the first row names the columns.
  let hasHeader: Bool
  /// Whether numbers have commas for points.
  let hasDecimalCommas: Bool
  let columns: TableColumns
  let title = ""

  /// Takes two documents side by side.
  init(_ expected: CSVDocument, _ actual: CSVDocument, _ rules: [IgnoreRule]) {
    self.expected = expected
    self.actual = actual
    hasHeader = CSVHeader.names(expected, actual)
    hasDecimalCommas = CellMeasure.hasDecimalCommas(expected) || CellMeasure.hasDecimalCommas(actual)
    let left = expected.count > 0 ? Self.texts(expected, 0) : nil
    let right = actual.count > 0 ? Self.texts(actual, 0) : nil
    columns =
      hasHeader
      ? TableColumns(named: left ?? [], right ?? [], rules) : TableColumns(placed: left?.count, right?.count, rules)
  }

  private static func texts(_ document: CSVDocument, _ row: Int) -> [String] {
    document.cells(row).map { String(decoding: document.text($0), as: UTF8.self) }
  }

  /// Rows in front of the data.
  func headerRows(of document: CSVDocument) -> Int { hasHeader && document.count > 0 ? 1 : 0 }

  var firstRowNumber: Int { hasHeader ? 2 : 1 }

  var haveSameRows: Bool { expected.dialect == actual.dialect && columns.areSame }

  var total: Int {
    withRows { left, right in
      max(
        left.count.multipliedReportingOverflow(by: max(1, columns.width.expected)).partialValue,
        right.count.multipliedReportingOverflow(by: max(1, columns.width.actual)).partialValue)
    }
  }

  /// What differs about the documents as wholes, without a value differing.
  var forms: [String] {
    (expected.dialect == actual.dialect ? [] : ["cells are divided otherwise"])
      + FormDifferences.clauses(expected.bytes, actual.bytes)
  }

  func withRows<Result>(_ body: (CSVRows, CSVRows) -> Result) -> Result {
    expected.withRows { leftBytes, leftStarts in
      actual.withRows { rightBytes, rightStarts in
        body(CSVRows(expected, leftBytes, leftStarts, self), CSVRows(actual, rightBytes, rightStarts, self))
      }
    }
  }

  func match(_ options: ComparisonOptions, steps: inout Int) -> TableMatching {
    TableMatcher(sides: self, options: options).match()
  }

  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String {
    let keys = columns.filter(\.isKey)
    if keys.isEmpty { return String(firstRowNumber + (row.expected ?? row.actual ?? 0)) }
    return withRows { left, right in
      keys.map { key in
        if let row = row.expected, let place = key.expected, let cell = left.cell(row, place) { return left.text(cell) }
        if let row = row.actual, let place = key.actual, let cell = right.cell(row, place) { return right.text(cell) }
        return ""
      }.joined(separator: ", ")
    }
  }

  func name(of row: Alignment.Row, _ column: TableComparison.Column?, in table: TableComparison) -> String {
    table.place(of: row) + (column.map { ", " + $0.name } ?? "")
  }
}
