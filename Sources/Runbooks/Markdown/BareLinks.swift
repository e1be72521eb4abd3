/// Finds addresses that stand in a text without the marks of a link. cmark's own extension takes quadratic time.
enum BareLinks {
  /// Neighbours of one style and link made one: cmark parts a text at each character that could have meant something.
  static func joined(_ spans: [MarkdownSpan]) -> [MarkdownSpan] {
    var joined: [MarkdownSpan] = []
    for span in spans {
      if let last = joined.indices.last, joined[last].style == span.style, joined[last].link == span.link {
        joined[last].text += span.text
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  /// The spans with addresses of the web as links of their own.
  static func linked(_ spans: [MarkdownSpan], line: Int, in links: inout [MarkdownLink]) -> [MarkdownSpan] {
    var result: [MarkdownSpan] = []
    for span in spans {
      guard span.link == nil, !span.style.contains(.code), span.text.contains("://") else {
        result.append(span)
        continue
      }
      var rest = Substring(span.text)
      while let address = firstAddress(in: rest) {
        result.append(piece(rest[..<address.lowerBound], of: span))
        links.append(MarkdownLink(destination: String(rest[address]), line: line))
        var linked = piece(rest[address], of: span)
        linked.link = links.count - 1
        result.append(linked)
        rest = rest[address.upperBound...]
      }
      result.append(piece(rest, of: span))
    }
    return result.filter { !$0.text.isEmpty }
  }

  private static func piece(_ text: Substring, of span: MarkdownSpan) -> MarkdownSpan {
    MarkdownSpan(text: String(text), style: span.style, link: span.link)
  }

  private static func firstAddress(in text: Substring) -> Range<Substring.Index>? {
    var from = text.startIndex
    while let mark = text[from...].firstRange(of: "://") {
      let scheme = text[..<mark.lowerBound]
      let length = scheme.hasSuffix("https") ? 5 : scheme.hasSuffix("http") ? 4 : 0
      let end = end(of: text[mark.upperBound...])
      if length > 0, end > mark.upperBound { return text.index(mark.lowerBound, offsetBy: -length)..<end }
      from = mark.upperBound
    }
    return nil
  }

  /// Where an address ends: before a blank or a bracket, without the point of the sentence.
  private static func end(of text: Substring) -> Substring.Index {
    var end = text.firstIndex { $0.isWhitespace || "<>\"`|".contains($0) } ?? text.endIndex
    while end > text.startIndex {
      let before = text.index(before: end)
      guard ".,;:!?'*_~)".contains(text[before]) else { break }
      // A bracket that was opened in the address belongs to it.
      if text[before] == ")", text[..<before].contains("(") { break }
      end = before
    }
    return end
  }
}
