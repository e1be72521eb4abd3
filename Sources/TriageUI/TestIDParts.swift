/// A test's id taken apart at its last `::` that is not a parameter's.
struct TestIDParts: Equatable {
  /// What stands before it; empty where there is none.
  let suite: Substring
  /// The test's own name, with its parameters.
  let name: Substring

  init(_ id: String) {
    let mark = id.prefix { $0 != "[" }.ranges(of: "::").last
    suite = id[..<(mark?.lowerBound ?? id.startIndex)]
    name = id[(mark?.upperBound ?? id.startIndex)...]
  }
}
