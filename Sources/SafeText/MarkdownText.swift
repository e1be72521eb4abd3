/// Words of outsiders in Markdown: as code, so that they can neither mention anybody nor lead anywhere.
package enum MarkdownText {
  /// Text as code, between more backticks than it holds in a row.
  package static func code(_ text: String, limit: Int = 2000) -> String {
    let text = Sanitizer.line(text, limit: limit)
    let mark = String(repeating: "`", count: longestRun(in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return mark + pad + text + pad + mark
  }

  /// Lines as a block of code.
  package static func block(_ lines: [String]) -> String {
    let lines = lines.map { Sanitizer.line($0, limit: 1000) }
    let fence = String(repeating: "`", count: max(3, longestRun(in: lines.joined(separator: "\n")) + 1))
    return ([fence] + lines + [fence]).joined(separator: "\n")
  }

  /// Words that stay plain: what would be markup is escaped.
  package static func plain(_ text: String, limit: Int = 300) -> String {
    Sanitizer.line(text, limit: limit).map { "\\`*_{}[]()<>#|!~@".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
