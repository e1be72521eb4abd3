/// What a Markdown text may ask of the parser: cmark-gfm takes quadratic time for some texts, and minutes for a page of
/// 1 MB that was made for it.
enum MarkdownLimits {
  /// Bytes that are rendered; of a larger text the source is shown.
  static let size = 128 << 10
  /// Columns of a table, and cells of all tables together.
  static let columns = 128
  static let cells = 200_000
  /// Quotes and lists in one another that are told apart.
  static let depth = 12
  /// Lines of source that are shown where nothing is rendered.
  static let sourceLines = 50_000

  /// Whether tables may be looked for: no line has more cells than a table may have, nor all lines together.
  static func allowTables(_ text: String) -> Bool {
    var widest = 0
    var lines = 1
    var bars = 0
    for byte in text.utf8 {
      if byte == 0x7C { bars += 1 }
      guard byte == 0x0A || byte == 0x0D else { continue }
      widest = max(widest, bars)
      bars = 0
      lines += 1
    }
    widest = max(widest, bars)
    return widest <= columns + 1 && widest * lines <= cells
  }
}
