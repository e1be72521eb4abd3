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
        told += write(change, isNewPlace: change.place != place, to: sink)
        place = change.place
      }
      return true
    }
    if isCut { sink.appendLine(style.paint("  \(style.ellipsis) more changes are left out; --all shows them", .aside)) }
  }

  /// Writes a change and says how many lines it took.
  private func write(_ change: DiffChange, isNewPlace: Bool, to sink: OutputSink) -> Int {
    if isNewPlace { sink.appendLine(style.paint("  \(change.place)\(word(change.kind))", .title)) }
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
