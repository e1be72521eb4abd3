internal import CCmark

/// Reads Markdown with GitHub's extensions through cmark-gfm, under limits; no text makes it fail.
package enum MarkdownParser {
  private static let extensions = ["strikethrough", "tasklist"]

  /// The document that a text means; one that is too large, or has too wide tables, says so and shows them as source.
  package static func parse(_ text: String) -> MarkdownDocument {
    guard text.utf8.count <= MarkdownLimits.size else {
      var document = MarkdownDocument()
      document.remark = "shown as it is written: it is larger than \(MarkdownLimits.size >> 10) kB (limit)"
      document.blocks = source(text)
      return document
    }
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return MarkdownDocument() }
    defer { cmark_parser_free(parser) }
    let hasTables = MarkdownLimits.allowTables(text)
    for name in extensions + (hasTables ? ["table"] : []) {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
    var copy = text
    copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let root = cmark_parser_finish(parser) else { return MarkdownDocument() }
    defer { cmark_node_free(root) }
    var walk = MarkdownWalk()
    walk.run(root)
    if !hasTables {
      walk.document.remark =
        "tables are shown as they are written: more than \(MarkdownLimits.columns) columns or \(MarkdownLimits.cells) cells (limit)"
    }
    return walk.document
  }

  private static func source(_ text: String) -> [MarkdownBlock] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var block = MarkdownBlock(kind: .code(language: ""), line: 1)
    block.lines = lines.prefix(MarkdownLimits.sourceLines).map { [MarkdownSpan(text: String($0), style: .code)] }
    let rest = lines.count - MarkdownLimits.sourceLines
    if rest > 0 { block.lines.append([MarkdownSpan(text: "… \(rest) more lines are not shown here")]) }
    return [block]
  }
}
