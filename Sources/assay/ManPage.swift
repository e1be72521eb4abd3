internal import CBundled
internal import CCmark
internal import Foundation

/// The manual in the form that `man` reads (roff), for `make install`.
enum ManPage {
  /// The whole manual as section 1 page of the program.
  static func roff(version: String) -> String {
    cmark_gfm_core_extensions_ensure_registered()
    // The first line tells `man` that there are tables.
    let head =
      "'\\\" t\n.TH ASSAY 1 \"\" \"assay \(version)\" \"Test triage\"\n.SH NAME\nassay \\- test triage in the terminal\n"
    return head + ManualPage.all.map { wrappingTables(rendered(uncommented($0.text))) }.joined()
  }

  /// The marks around tables that are made from registries are no part of what is read.
  private static func uncommented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("<!--") }.joined(
      separator: "\n")
  }

  /// Tables whose cells begin at the left, and whose last column takes the width that is left and wraps.
  private static func wrappingTables(_ roff: String) -> String {
    var isTable = false
    let lines = roff.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      if line == ".TS" || line == ".TE" { isTable = line == ".TS" }
      guard isTable, !line.hasPrefix("."), line != "tab(@);" else { return String(line) }
      if line.hasSuffix("."), line.dropLast().allSatisfy({ "lcr".contains($0) }) {
        return String(repeating: "l ", count: max(line.count - 2, 0)) + "lx."
      }
      var cells = line.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
      cells[cells.count - 1] = "T{\n" + cells[cells.count - 1] + "\nT}"
      return cells.joined(separator: "@")
    }
    return lines.joined(separator: "\n")
  }

  private static func rendered(_ markdown: String) -> String {
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return "" }
    defer { cmark_parser_free(parser) }
    if let tables = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, tables) }
    cmark_parser_feed(parser, markdown, markdown.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return "" }
    defer { cmark_node_free(document) }
    guard let roff = cmark_render_man(document, CMARK_OPT_DEFAULT, 0) else { return "" }
    defer { free(roff) }
    return String(cString: roff)
  }
}

/// A page of the manual, as it travels in the binary: Markdown, a topic a page.
struct ManualPage {
  /// The word that `assay manual` takes.
  let topic: String
  /// The whole page.
  let text: String

  /// All pages, in the order of their topics.
  static let all = UnsafeBufferPointer(start: bundled_pages().files, count: bundled_pages().count).map { file in
    let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.length)
    return ManualPage(topic: String(cString: file.name), text: String(decoding: bytes, as: UTF8.self))
  }

  /// The heading of the page, without its mark.
  var title: String { String(text.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " }) }
}
