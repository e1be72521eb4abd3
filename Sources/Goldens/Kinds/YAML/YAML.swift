/// YAML, compared by path as JSON is; pytest-regressions' data files are the usual ones.
struct YAML: GoldenKind {
  let id = "yaml"
  let title = "YAML"

  /// By the name's ending.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".yml") || name.hasSuffix(".yaml")
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try YAMLTree.read(bytes, options.limits)
    }
    return TreeComparer.compare(sides.expected, sides.actual, kind: id, options)
  }
}
