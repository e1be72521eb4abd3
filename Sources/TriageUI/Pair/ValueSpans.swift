import Goldens
import SafeText
import TerminalKit

/// One side of a changed value: what differs stands out, the rest is quiet.
struct ValueSpans {
  let expected: String?
  let actual: String?

  /// The spans of a side as it is shown; all of it stands out where it is shown otherwise than it is written, or where
  /// nearly all differs.
  func spans(shown: String, isExpected: Bool, emphasis: Style) -> [Span] {
    guard let expected, let actual, shown == (isExpected ? expected : actual) else { return [Span(shown, emphasis)] }
    let marks = Refinement.of(expected, actual)
    let ranges = isExpected ? marks.expected : marks.actual
    guard !marks.isWhole, !ranges.isEmpty else { return [Span(shown, emphasis)] }
    let bytes = Array(shown.utf8)
    var spans: [Span] = []
    var place = 0
    func append(_ end: Int, _ style: Style) {
      if end > place { spans.append(Span(String(decoding: bytes[place..<end], as: UTF8.self), style)) }
      place = max(place, end)
    }
    for range in ranges where range.lowerBound >= place && range.upperBound <= bytes.count {
      append(range.lowerBound, Style(.context))
      append(range.upperBound, emphasis)
    }
    append(bytes.count, Style(.context))
    return spans
  }
}
