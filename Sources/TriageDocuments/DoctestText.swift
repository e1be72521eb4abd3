/// Reads what a doctest says: the example, what it should have printed, and what it did.
struct DoctestText {
  /// The example's source.
  let title: String
  /// What was expected, and what came.
  let parts: [String]

  /// The example that lines hold; nil when they hold none.
  init?(_ lines: [String]) {
    guard let expected = lines.firstIndex(where: { Self.isHead($0, "Expected") }),
      let got = lines[expected...].firstIndex(where: { Self.isHead($0, "Got") }),
      let example = lines[..<expected].last(where: { $0.contains(">>> ") })
    else { return nil }
    let source = example[(example.firstRange(of: ">>> ")?.upperBound ?? example.startIndex)...]
    title = "doctest: " + source.trimmed
    parts = ["Expected: " + Self.block(lines, after: expected), "Got:      " + Self.block(lines, after: got)]
  }

  private static func isHead(_ line: String, _ word: String) -> Bool {
    line.trimmed == word + ":" || line.trimmed == word + " nothing"
  }

  private static func block(_ lines: [String], after head: Int) -> String {
    if lines[head].trimmed.hasSuffix("nothing") { return "nothing" }
    let rest = lines[(head + 1)...].prefix { $0.hasPrefix("    ") }
    return rest.map(\.trimmed).joined(separator: " ⏎ ")
  }
}
