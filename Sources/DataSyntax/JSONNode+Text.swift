extension JSONNode {
  /// The most bytes of a value that are written for people; what lies beyond is cut, and `…` says so.
  private static let longestText = 4000

  /// The value as it is written, on one line, for people: strings without their quotes unless they lie in others.
  package var compactText: String {
    if let string { return Self.cut(string) }
    var text = ""
    write(self, to: &text)
    return Self.cut(text)
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= longestText ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self) + "…"
  }

  private func write(_ node: JSONNode, to text: inout String) {
    if text.utf8.count > Self.longestText { return }
    switch node.kind {
    case .absent: break
    case .null: text += "null"
    case .true: text += "true"
    case .false: text += "false"
    case .number: text += String(decoding: node.bytes, as: UTF8.self)
    case .string: text += "\"" + String(decoding: node.bytes, as: UTF8.self) + "\""
    case .array, .object:
      let isObject = node.kind == .object
      text += isObject ? "{" : "["
      for (place, child) in node.enumerated() {
        if text.utf8.count > Self.longestText { return }
        if place > 0 { text += ", " }
        if isObject { text += String(decoding: child.key, as: UTF8.self) + ": " }
        write(child, to: &text)
      }
      text += isObject ? "}" : "]"
    }
  }
}
