/// Reads Python's text of an exception group: the group, and the exceptions in it.
///
/// From `traceback.TracebackException.format`: each level is drawn with `|`, each member under `+---- n ----`.
struct ExceptionGroupText {
  /// The group's class and message.
  let title: String
  /// The exceptions in it, `1 ValueError: …`.
  let parts: [String]

  /// The group that lines hold; nil when they hold none.
  init?(_ lines: [String]) {
    guard lines.contains(where: { $0.contains("Exception Group Traceback") }) else { return nil }
    var title: String?
    var parts: [String] = []
    var number: String?
    for line in lines {
      let body = line.drop { $0 == " " }
      if body.hasPrefix("+-") {
        let digits = body.filter(\.isNumber)
        number = digits.isEmpty ? number : digits
        continue
      }
      guard body.hasPrefix("| "), let words = Self.exception(body.dropFirst(2)) else { continue }
      if title == nil {
        title = words
      } else if let current = number {
        parts.append("\(current) \(words)")
        number = nil
      }
    }
    guard let title else { return nil }
    self.title = title
    self.parts = parts
  }

  /// A line of an exception: `ValueError: a`, unindented, and no head of a traceback.
  private static func exception(_ words: Substring) -> String? {
    guard let first = words.first, first != " ", first != "|", first != "+",
      !words.hasPrefix("Traceback "), !words.hasPrefix("Exception Group Traceback")
    else { return nil }
    let name = words.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    guard !name.isEmpty, name.contains(where: \.isUppercase) else { return nil }
    let rest = words[name.endIndex...]
    return rest.isEmpty || rest.hasPrefix(":") ? String(words) : nil
  }
}
