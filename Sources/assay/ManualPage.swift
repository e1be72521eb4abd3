internal import CBundled

/// A page of the manual, as it travels in the binary: Markdown, a topic a page.
struct ManualPage {
  /// The word that `assay manual` takes.
  let topic: String
  /// The whole page.
  let text: String

  /// All pages, in the order of their topics.
  static let all: [ManualPage] = (0..<bundled_page_count()).map { index in
    let file = bundled_page(index)
    let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.length)
    return ManualPage(topic: String(cString: file.name), text: String(decoding: bytes, as: UTF8.self))
  }

  /// The heading of the page, without its mark.
  var title: String { String(text.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " }) }
}
