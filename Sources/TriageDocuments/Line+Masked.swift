internal import FailureAnalysis
internal import TerminalKit

extension Line {
  /// A masked text in a style, its placeholders in their own; the text is safe to show already.
  init(masked text: String, _ style: Style) {
    let bytes = Array(text.utf8)
    var spans: [Span] = []
    var start = 0
    func add(_ range: Range<Int>, _ style: Style) {
      if !range.isEmpty { spans.append(Span(String(decoding: bytes[range], as: UTF8.self), style)) }
    }
    for placeholder in MaskedText.placeholders(in: bytes) {
      add(start..<placeholder.lowerBound, style)
      add(placeholder, Style(.code))
      start = placeholder.upperBound
    }
    add(start..<bytes.count, style)
    self.init(spans)
  }
}
