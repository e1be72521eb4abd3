/// YAML, compared by path as JSON is; pytest-regressions' data files are the usual ones.
struct YAML: GoldenKind {
  let id = "yaml"
  let title = "YAML"

  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".yml") || name.hasSuffix(".yaml")
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let golden = try YAMLTree.read(expected, options.limits)
    let other = try YAMLTree.read(actual, options.limits)
    return TreeComparer.compare(golden, other, kind: id, options)
  }
}
