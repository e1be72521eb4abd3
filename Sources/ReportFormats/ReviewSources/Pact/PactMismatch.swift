internal import DataSyntax
internal import TriageModel

/// One thing in which an answer is not as its consumer expects.
struct PactMismatch {
  /// What of the answer: `status`, `header`, `body`.
  let part: String
  /// Where in it: `$.score`, the name of a header.
  let path: String
  let words: String
  let expected: String?
  let actual: String?

  init(_ node: JSONNode) {
    let type = node["type"].string ?? node["attribute"].string ?? ""
    part = (type.hasSuffix("Mismatch") ? String(type.dropLast("Mismatch".count)) : type).lowercased()
    let places = ["path", "identifier", "key", "parameter"] as [StaticString]
    path = places.lazy.compactMap { node[$0].string }.first { !$0.isEmpty } ?? ""
    words =
      ["mismatch", "description", "message", "customError"].lazy.compactMap { (key: StaticString) in
        node[key].string
      }.first { !$0.isEmpty } ?? ""
    expected = node["expected"].exists ? Self.pretty(node["expected"]) : nil
    actual = node["actual"].exists ? Self.pretty(node["actual"]) : nil
  }

  /// The mismatch in a line.
  var line: String {
    let place = path.isEmpty ? part : path
    let text = words.isEmpty ? "expected \(expected ?? "otherwise"), got \(actual ?? "nothing")" : words
    return SARIFText.line(place.isEmpty ? text : place + ": " + text)
  }

  /// The mismatches by part and path.
  static func tree(_ mismatches: [PactMismatch]) -> String {
    var lines: [String] = []
    var (part, path): (String?, String?)
    for mismatch in mismatches {
      if mismatch.part != part {
        lines.append(mismatch.part.isEmpty ? "answer" : mismatch.part)
        path = nil
      }
      if mismatch.path != path, !mismatch.path.isEmpty { lines.append("  " + mismatch.path) }
      (part, path) = (mismatch.part, mismatch.path)
      let told = [
        mismatch.words, mismatch.expected.map { "expected: " + $0 } ?? "",
        mismatch.actual.map { "actual: " + $0 } ?? "",
      ]
      for text in told where !text.isEmpty {
        lines += text.split(separator: "\n").map { "    " + $0 }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// What was expected beside what came, place by place; nil where nothing says so.
  static func pair(_ mismatches: [PactMismatch]) -> ReviewItem.Pair? {
    let told = mismatches.filter { $0.expected != nil || $0.actual != nil }
    guard !told.isEmpty else { return nil }
    let text = { (value: (PactMismatch) -> String?) in
      told.map { ($0.path.isEmpty ? $0.part : $0.path) + ": " + (value($0) ?? "") }.joined(separator: "\n")
    }
    return ReviewItem.Pair(expected: text(\.expected), observed: text(\.actual))
  }

  // MARK: - Values

  /// A value, or the JSON that a string holds, over several lines where it is long.
  private static func pretty(_ node: JSONNode) -> String {
    let text = node.compactText
    guard node.kind == .string, text.utf8.count > 60, [0x7B, 0x5B].contains(text.utf8.first ?? 0),
      let value = try? JSONValue(parsing: Array(text.utf8))
    else { return text }
    var output = ""
    write(value, 0, to: &output)
    return output
  }

  private static func write(_ value: JSONValue, _ depth: Int, to output: inout String) {
    let parts: [(key: String, value: JSONValue)]
    switch value {
    case .object(let members): parts = members.map { ("\"\($0.key)\": ", $0.value) }
    case .array(let values): parts = values.map { ("", $0) }
    case .string(let text): return output += "\"\(text)\""
    case .number(let text): return output += text
    case .bool(let isTrue): return output += isTrue ? "true" : "false"
    case .null: return output += "null"
    }
    let isObject = if case .object = value { true } else { false }
    if parts.isEmpty { return output += isObject ? "{}" : "[]" }
    output += isObject ? "{" : "["
    for (place, part) in parts.enumerated() {
      output += (place > 0 ? "," : "") + "\n" + String(repeating: "  ", count: min(depth + 1, 40)) + part.key
      write(part.value, depth + 1, to: &output)
    }
    output += "\n" + String(repeating: "  ", count: min(depth, 40)) + (isObject ? "}" : "]")
  }
}
