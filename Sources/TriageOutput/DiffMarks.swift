internal import Goldens
internal import SafeText

/// The two sides of a change with what differs in them standing out: digits, words, and blanks that would not be seen.
struct DiffMarks {
  let style: TextStyle

  /// Both sides, painted; nil where the sides are shown as they are.
  func sides(of change: DiffChange) -> (expected: String, actual: String)? {
    guard let raw = change.raw else { return nil }
    let marks = Refinement.of(raw.expected, raw.actual)
    let showsAll = change.unseen == .blanks || change.unseen == .several
    return (
      side(raw.expected, marks.isWhole ? [] : marks.expected, .bad, showsAll),
      side(raw.actual, marks.isWhole ? [] : marks.actual, .good, showsAll)
    )
  }

  private func side(_ text: String, _ marks: [Range<Int>], _ tone: TextStyle.Tone, _ showsAll: Bool) -> String {
    let bytes = Array(text.utf8)
    // Blanks at the end are seen nowhere.
    let body = bytes.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? 0
    var result = ""
    var place = 0
    func append(_ end: Int, isMarked: Bool) {
      guard end > place else { return }
      let isVisible = isMarked || showsAll
      let head = place..<max(place, min(end, body))
      for (range, showsBlanks) in [(head, isVisible), (head.upperBound..<end, true)] where !range.isEmpty {
        let part = String(decoding: bytes[range], as: UTF8.self)
        let shown = Sanitizer.line(
          showsBlanks ? VisibleBlanks.marked(part, isASCII: style.isASCII) : part)
        result += isMarked ? style.emphasise(shown, tone) : style.paint(shown, tone)
      }
      place = end
    }
    for mark in marks where mark.lowerBound >= place && mark.upperBound <= bytes.count {
      append(mark.lowerBound, isMarked: false)
      append(mark.upperBound, isMarked: true)
    }
    append(bytes.count, isMarked: false)
    return result
  }
}
