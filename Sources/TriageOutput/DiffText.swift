package import Goldens
internal import SafeText
internal import TriageModel

/// The answer of `diff` for people: the verdict and its proof, the figures, then the changes.
package struct DiffText {
  /// Lines of changes that are shown when not all are asked for.
  package static let lineLimit = 300

  private let style: TextStyle
  private let limit: Int?

  /// A comparison in a look; `showsAll` leaves no change out.
  package init(style: TextStyle, showsAll: Bool) {
    self.style = style
    limit = showsAll ? nil : Self.lineLimit
  }

  /// Writes a comparison of two files.
  package func write(_ comparison: Comparison, expected: String, actual: String, to sink: OutputSink) {
    if comparison.isIdentical {
      sink.appendLine("the same bytes")
      return
    }
    let drift = comparison.drift
    let isTolerated = !comparison.differs && comparison.summary.tolerated > 0
    let tone: TextStyle.Tone = comparison.differs ? .bad : .good
    let title = isTolerated ? "within tolerance" : drift.kind.title
    let proof = (isTolerated ? drift.kind.title + ": " : "") + Sanitizer.line(drift.proof)
    sink.appendLine(style.paint(title, tone) + (proof.isEmpty ? "" : style.separator + proof))
    for line in DiffSummary.lines(comparison, style) { sink.appendLine("  " + line) }
    for remark in comparison.remarks where remark != drift.proof + "." {
      sink.appendLine("  " + style.paint(Sanitizer.line(remark), .aside))
    }
    if comparison.summary.changed + comparison.summary.removed + comparison.summary.added + comparison.summary.moved
      == 0
    {
      return
    }
    sink.appendLine()
    sink.appendLine(style.paint("- expected ", .bad) + Sanitizer.line(expected))
    sink.appendLine(style.paint("+ actual   ", .good) + Sanitizer.line(actual))
    changes(comparison, to: sink)
  }

  private func changes(_ comparison: Comparison, to sink: OutputSink) {
    var told = 0
    var isCut = false
    var place = ""
    DiffWalk(comparison).walk { step in
      if sink.isClosed { return false }
      if let limit, told >= limit {
        isCut = true
        return false
      }
      switch step {
      case .alike(let count):
        let unit = Self.rowUnit(comparison, count)
        sink.appendLine(style.paint("  \(style.ellipsis) \(CountText.of(count)) \(unit) alike", .aside))
        place = ""
      case .table(let title): sink.appendLine(style.paint(title, .title))
      case .change(let change):
        told += write(change, isNewPlace: change.location != place, to: sink)
        place = change.location
      }
      return true
    }
    if isCut { sink.appendLine(style.paint("  \(style.ellipsis) more changes are left out; --all shows them", .aside)) }
  }

  /// Writes a change and says how many lines it took.
  private func write(_ change: DiffChange, isNewPlace: Bool, to sink: OutputSink) -> Int {
    if isNewPlace { sink.appendLine(style.paint("  \(change.location)\(word(change.kind))", .title)) }
    let column = change.column.map { $0 + "  " } ?? ""
    let marked = DiffMarks(style: style).sides(of: change)
    if change.column != nil, let expected = change.expected, let actual = change.actual {
      let arrow = style.isASCII ? " -> " : " → "
      sink.appendLine(
        "    " + column + (marked?.expected ?? style.paint(expected, .bad)) + arrow
          + (marked?.actual ?? style.paint(actual, .good)) + note(change))
      return 1 + (isNewPlace ? 1 : 0)
    }
    var count = isNewPlace ? 1 : 0
    if let expected = change.expected {
      sink.appendLine(style.paint("  - \(column)", .bad) + (marked?.expected ?? style.paint(expected, .bad)))
      count += 1
    }
    if let actual = change.actual {
      sink.appendLine(
        style.paint("  + \(column)", .good) + (marked?.actual ?? style.paint(actual, .good)) + note(change))
      count += 1
    }
    return count
  }

  /// Says what nobody can see.
  private func note(_ change: DiffChange) -> String {
    change.unseen.map { style.paint("  (differs only \($0.words))", .aside) } ?? ""
  }

  private func word(_ kind: AlignedRun.Kind) -> String {
    switch kind {
    case .equal, .changed: ""
    case .tolerated: " (within the tolerance)"
    case .removed: " (only expected)"
    case .added: " (only actual)"
    case .movedAway: " (stands elsewhere in actual)"
    case .movedHere: " (stood elsewhere in expected)"
    }
  }

  /// What rows of the comparison are called.
  private static func rowUnit(_ comparison: Comparison, _ count: Int) -> String {
    let (one, many) =
      switch comparison.body {
      case .text: ("line", "lines")
      case .tables: ("row", "rows")
      case .tree: ("value", "values")
      case .image: ("tile", "tiles")
      case .bytes, .none: ("byte", "bytes")
      }
    return count == 1 ? one : many
  }
}

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

/// The figures of a comparison in a few lines.
enum DiffSummary {
  /// The lines: what changed, how far, and which tolerance would accept it.
  static func lines(_ comparison: Comparison, _ style: TextStyle) -> [String] {
    let summary = comparison.summary
    let counts = summary.counts + [summary.first.map { "first " + $0 }].compactMap(\.self)
    let lines = [counts, summary.distances].filter { !$0.isEmpty }.map { $0.joined(separator: style.separator) }
    return (lines + summary.structure + [tolerances(summary)].compactMap(\.self)).map { Sanitizer.line($0) }
  }

  /// In full, to be given as they are.
  private static func tolerances(_ summary: ChangeSummary) -> String? {
    let parts = [
      summary.smallestRelative.map { "--rtol \($0)" }, summary.smallestAbsolute.map { "--atol \($0)" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "would pass with " + parts.joined(separator: " or ")
  }
}
