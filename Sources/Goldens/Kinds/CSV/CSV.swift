internal import DataSyntax
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
    return TableComparer.compare(try documents[0].get(), try documents[1].get(), options)
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
