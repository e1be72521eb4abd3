/// A Markdown file in its two parts: the YAML between two lines of `---` at its top, and the text.
struct FrontMatter {
  /// The YAML, with an empty line for each line above it, so that its lines are the file's; nil when there is none.
  var yaml: String?
  /// The text.
  var body: Substring
  /// The line of the file that the text begins on, from 1.
  var bodyLine = 1
  /// Whether a front matter begins and does not end.
  var isOpen = false

  init(_ text: String) {
    body = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
    var rest = body
    guard Self.line(&rest).map(Self.isFence) == true else { return }
    let first = rest.startIndex
    var number = 1
    while true {
      let start = rest.startIndex
      guard let line = Self.line(&rest) else {
        isOpen = true
        return
      }
      number += 1
      guard Self.isFence(line) || Self.trimmed(line) == "..." else { continue }
      yaml = "\n" + text[first..<start]
      body = rest
      bodyLine = number + 1
      return
    }
  }

  /// Takes the next line; nil at the end.
  private static func line(_ rest: inout Substring) -> Substring? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
    let line = rest[..<end]
    rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
    return line
  }

  private static func isFence(_ line: Substring) -> Bool { trimmed(line) == "---" }

  private static func trimmed(_ line: Substring) -> Substring {
    var line = line
    while line.last?.isWhitespace == true { line.removeLast() }
    return line
  }

  /// The first heading of a text, without its marks; nil where none is in its first lines.
  static func heading(of body: Substring) -> String? {
    var rest = body
    for _ in 0..<50 {
      guard let line = line(&rest) else { return nil }
      guard line.hasPrefix("#") else { continue }
      let words = trimmed(line.drop { $0 == "#" }.drop { $0.isWhitespace })
      if !words.isEmpty { return String(words) }
    }
    return nil
  }

  /// The name of a file, without its folder and its ending.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last ?? path[...]
    return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
  }
}
