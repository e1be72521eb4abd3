internal import DataSyntax
package import TriageModel

/// Metrics in a JSON or CSV file that the configuration names: each number is one, texts beside it tell its slice.
///
/// JSON: nested objects give dotted names (`eval.recall`), objects in a list are slices by their texts. CSV: columns of
/// numbers are metrics, the other columns the slice.
package enum MetricsFile {
  /// What a number in such a file is.
  package static let kind = ItemKind("metric")

  /// The metrics of a file; its path is what they are about.
  package static func items(_ bytes: [UInt8], path: String) throws(DeclaredFile.Failure) -> [ReviewItem] {
    let isTable = path.hasSuffix(".csv") || path.hasSuffix(".tsv")
    let metrics = isTable ? try table(bytes) : try tree(DeclaredFile.json(bytes))
    if metrics.isEmpty { throw .nothing("metrics") }
    return metrics.map { metric, value in
      var item = ReviewItem(kind, about: path, metric.text, .passed)
      item.measure = ReviewItem.Measure(value)
      if !value.isFinite { (item.outcome, item.message) = (.failed, "\(metric.text) is no number") }
      return item
    }
  }

  // MARK: - JSON

  private static func tree(_ value: JSONValue) throws(DeclaredFile.Failure) -> [(MetricName, Double)] {
    var found: [(MetricName, Double)] = []
    try add(value, named: [], slice: [:], to: &found)
    return found
  }

  private static func add(
    _ value: JSONValue, named names: [String], slice: [String: String], to found: inout [(MetricName, Double)]
  ) throws(DeclaredFile.Failure) {
    if found.count > DeclaredFile.mostItems { throw .noTable("it holds more than \(DeclaredFile.mostItems) metrics") }
    if let number = value.double {
      found.append((MetricName(names.isEmpty ? "value" : names.joined(separator: "."), slice: slice), number))
    } else if let members = value.members {
      // A name and its value, as many tools write metrics.
      if let name = value["name"]?.string ?? value["metric"]?.string, let number = value["value"]?.double {
        var slice = slice
        for member in members where !["name", "metric"].contains(member.key) { slice[member.key] = member.value.string }
        found.append((MetricName((names + [name]).joined(separator: "."), slice: slice), number))
        return
      }
      for member in members { try add(member.value, named: names + [member.key], slice: slice, to: &found) }
    } else if let array = value.array {
      for (place, element) in array.enumerated() {
        var own = slice
        let texts = (element.members ?? []).filter { $0.value.string != nil }
        for text in texts { own[text.key] = text.value.string }
        if texts.isEmpty, array.count > 1 { own["index"] = String(place) }
        try add(element, named: names, slice: own, to: &found)
      }
    }
  }

  // MARK: - CSV

  private static func table(_ bytes: [UInt8]) throws(DeclaredFile.Failure) -> [(MetricName, Double)] {
    let document: CSVDocument
    do throws(CSVError) {
      document = try CSVDocument(bytes, dialect: CSVDialect(detecting: bytes.prefix(1 << 16)))
    } catch {
      throw .noTable(error.description)
    }
    guard document.count > 1 else { return [] }
    let header = texts(document, 0)
    let rows = (1..<document.count).map { texts(document, $0) }.filter { $0 != [""] }
    if rows.count * header.count > DeclaredFile.mostItems {
      throw .noTable("it holds more than \(DeclaredFile.mostItems) cells")
    }
    // A column is of metrics when all that stands in it is a number; keys of slices (fold 1, 2 …) may be numbers too.
    let isMetric = header.indices.map { column in
      let cells = rows.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      return !cells.isEmpty && cells.allSatisfy { Double($0) != nil }
    }
    // `metric,value` is a metric a row.
    if let name = header.firstIndex(where: { ["metric", "name"].contains($0.lowercased()) }),
      let value = header.firstIndex(where: { $0.lowercased() == "value" })
    {
      return rows.compactMap { row in
        guard row.count > max(name, value), let number = Double(row[value]) else { return nil }
        return (MetricName(row[name], slice: slice(row, header, without: [name, value])), number)
      }
    }
    return rows.flatMap { row in
      let metrics = header.indices.filter { isMetric[$0] && $0 < row.count }
      let own = slice(row, header, without: Set(header.indices.filter { isMetric[$0] }))
      return metrics.compactMap { column in Double(row[column]).map { (MetricName(header[column], slice: own), $0) } }
    }
  }

  private static func slice(_ row: [String], _ header: [String], without columns: Set<Int>) -> [String: String] {
    var slice: [String: String] = [:]
    for column in header.indices where column < row.count && !columns.contains(column) && !row[column].isEmpty {
      slice[header[column]] = row[column]
    }
    return slice
  }

  private static func texts(_ document: CSVDocument, _ row: Int) -> [String] {
    document.cells(row).map { String(decoding: document.text($0), as: UTF8.self).trimmed }
  }
}

extension String {
  fileprivate var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\u{FEFF}" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
