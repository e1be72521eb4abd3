internal import TriageModel

/// JSON, and JSON a line: compared by path.
///
/// Spaces, the order of keys and the way a number or a string is written are format, not change. Whole numbers agree
/// digit by digit. Elements of arrays are found by key (`id`, `name` …) or by what they hold.
struct JSON: GoldenKind {
  let id = "json"
  let title = "JSON"
  private static let endings = [".json", ".jsonl", ".ndjson", ".geojson", ".sarif", ".har"]

  /// By the name's ending, and a name without one by the first bracket.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    if Self.endings.contains(where: name.hasSuffix) { return true }
    let first = head.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    return !name.contains(".") && (first == 0x7B || first == 0x5B)
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try JSONIndexer.index(bytes, options.limits)
    }
    return TreeComparer.compare(sides.expected, sides.actual, kind: id, options)
  }
}
