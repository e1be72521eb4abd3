import SafeText
import TerminalKit
import TriageModel

/// The bytes of one line as spans: made harmless, with what differs standing out and hidden characters seen there.
struct LineText {
  /// Bytes of a line that are looked at; the rest is counted.
  static let limit = 8192

  /// The line.
  let bytes: ArraySlice<UInt8>
  /// What differs, as ranges from the line's beginning, left to right.
  var emphasised: [Range<Int>] = []
  /// How the line looks.
  var style = Style(.context)
  /// How what differs looks.
  var emphasis = Style(.context)
  /// Whether blanks at the end are shown, as they are where the line differs.
  var showsTrailingBlanks = false

  var spans: [Span] {
    var spans: [Span] = []
    var place = 0
    let end = min(bytes.count, Self.limit)
    for range in emphasised where range.upperBound <= bytes.count {
      let range = range.clamped(to: place..<max(place, end))
      addPlain(place..<range.lowerBound, to: &spans)
      if !range.isEmpty { spans.append(Span(Self.visible(text(range)), emphasis)) }
      place = max(place, range.upperBound)
    }
    addPlain(place..<max(place, end), to: &spans)
    if bytes.count > end { spans.append(Span(" … (+\(CountText.of(bytes.count - end)) bytes)", Style(.truncated))) }
    return spans
  }

  private func addPlain(_ range: Range<Int>, to spans: inout [Span]) {
    guard !range.isEmpty else { return }
    let isLast = range.upperBound == bytes.count
    var text = text(range)
    if isLast, text.last == "\r" { text.removeLast() }
    var blanks = 0
    if isLast, showsTrailingBlanks {
      while let last = text.last, last == " " || last == "\t" {
        text.removeLast()
        blanks += 1
      }
    }
    let shown = text.contains("\t") ? String(text.flatMap { $0 == "\t" ? "    " : String($0) }) : text
    spans.append(Span(Sanitizer.line(shown, limit: .max), style))
    if blanks > 0 {
      spans.append(Span(String(repeating: "·", count: min(blanks, 200)), Style(.control, on: style.surface)))
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound], as: UTF8.self)
  }

  /// Where lines differ, a blank is a character like any other.
  private static func visible(_ text: String) -> String {
    Sanitizer.line(VisibleBlanks.marked(text), limit: .max)
  }
}
