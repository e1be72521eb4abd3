internal import FailureAnalysis
internal import SafeText
internal import TerminalKit

/// The text that the failures of a cause have in common: their own words bright, what differs dim, noise as placeholders.
enum CauseText {
  private static let mostLines = 400

  static func lines(of cause: Cause) -> [Line] {
    var lines = [Line("  ")]
    for (range, style) in stretches(of: cause) {
      let text = String(decoding: cause.text[range], as: UTF8.self)
      for (number, piece) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        if number > 0 { lines.append(Line("  ")) }
        if !piece.isEmpty {
          lines[lines.count - 1].spans.append(Span(Sanitizer.line(String(piece), limit: 2000), style))
        }
      }
    }
    while lines.last?.text.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    let rest = lines.count - mostLines
    return rest > 0 ? lines.prefix(mostLines) + [Line("  … \(rest) more lines", .truncated)] : lines
  }

  /// Ranges of the text, each in one style; a placeholder is never torn.
  private static func stretches(of cause: Cause) -> [(range: Range<Int>, style: Style)] {
    var stretches: [(range: Range<Int>, style: Style)] = []
    let placeholders = MaskedText.placeholders(in: cause.text)
    var next = 0
    for span in cause.spans {
      var start = span.range.lowerBound
      let style = span.isCommon ? Style(.bright) : Style(.dim)
      while start < span.range.upperBound {
        while next < placeholders.count, placeholders[next].upperBound <= start { next += 1 }
        let hole = next < placeholders.count ? placeholders[next] : cause.text.count..<cause.text.count
        let inHole = hole.contains(start)
        let end = min(span.range.upperBound, inHole ? hole.upperBound : max(start + 1, hole.lowerBound))
        stretches.append((start..<end, inHole ? Style(.code) : style))
        start = end
      }
    }
    return stretches
  }
}
