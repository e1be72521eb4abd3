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

  private static let longestValue = 20_000
  private static let longestLine = 60

  /// A value, or the JSON that a string holds, over several lines where it is long.
  static func pretty(_ node: JSONNode) -> String {
    let value = held(node) ?? node
    guard value.kind == .object || value.kind == .array else { return node.compactText }
    var output = ""
    write(value, nil, to: &output)
    if output.utf8.count <= longestLine { return output }
    output = ""
    write(value, 0, to: &output)
    return output.utf8.count > longestValue ? output + "…" : output
  }

  /// The object or array that a string holds.
  private static func held(_ node: JSONNode) -> JSONNode? {
    guard node.kind == .string, let first = node.bytes.first, first == 0x7B || first == 0x5B else { return nil }
    var tokenizer = JSONTokenizer(Array(node.bytes))
    let tape = JSONTape()
    do throws(JSONError) {
      try tape.read(&tokenizer)
      return try tokenizer.next() == nil ? tape.root : nil
    } catch {
      return nil
    }
  }

  /// Writes a value on one line, or, where a depth is given, one within the other.
  private static func write(_ node: JSONNode, _ depth: Int?, to output: inout String) {
    guard node.kind == .object || node.kind == .array else {
      return output += node.kind == .string ? "\"\(node.compactText)\"" : node.compactText
    }
    let isObject = node.kind == .object
    let indent = { (depth: Int) in "\n" + String(repeating: "  ", count: min(depth, 40)) }
    var isEmpty = true
    output += isObject ? "{" : "["
    for child in node {
      if output.utf8.count > longestValue { return }
      output += (isEmpty ? "" : ",") + (depth.map { indent($0 + 1) } ?? (isEmpty ? "" : " "))
      if isObject { output += "\"\(String(decoding: child.key, as: UTF8.self))\": " }
      write(child, depth.map { $0 + 1 }, to: &output)
      isEmpty = false
    }
    if let depth, !isEmpty { output += indent(depth) }
    output += isObject ? "}" : "]"
  }
}
