internal import SafeText

/// Jupyter notebooks: compared by path as JSON is, their cells aligned by id or source. What running a notebook again
/// changes (execution counts, ids, times) is set aside, and counted.
struct Notebook: GoldenKind {
  let id = "ipynb"
  let title = "Jupyter notebook"

  private static let volatile = [
    "$.cells[*].execution_count", "$.cells[*].outputs[*].execution_count", "$.cells[*].id",
    "$.cells[*].metadata.ExecuteTime", "$.cells[*].metadata.execution", "$.cells[*].metadata.papermill",
    "$.metadata.papermill", "$.metadata.language_info.version", "$.worksheets[*].cells[*].prompt_number",
    "$.worksheets[*].cells[*].outputs[*].prompt_number",
  ]

  /// By the name's ending.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool { name.lowercased().hasSuffix(".ipynb") }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    var options = options
    options.ignore += Self.volatile.compactMap { try? IgnoreRule($0) }
    options.sourceMembers = ["source", "input"]
    let limits = options.limits
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try JSONIndexer.index(bytes, limits)
    }
    return TreeComparer.compare(sides.expected, sides.actual, kind: id, options)
  }
}
