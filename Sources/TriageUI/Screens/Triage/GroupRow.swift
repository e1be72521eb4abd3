import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

/// The line of a group: its verdict, what it is, how many tests it has, since when it fails.
struct GroupRow {
  let group: Arrangement.Group
  let isFolded: Bool
  /// Where its tests broke; nil where they do not agree, or nothing is known.
  let since: RunRecord?

  func draw(in row: Rect, on grid: inout Grid) {
    let counts = self.counts
    let width = row.width - counts.width - 1
    var line = Line([Span("  \(isFolded ? "▸" : "▾") ", Style(.dim))])
    if let verdict = group.verdict { line.append("\(verdict.letter) ", verdict.role, .bold) }
    let title = Sanitizer.line(group.title, limit: 300)
    let room = width - line.width
    let place = sinceWords(room: room - DisplayWidth.of(title))
    let cut = group.key == group.title ? title.keepingEnd(columns: room) : title.keepingStart(columns: room)
    line.append(cut, .heading, .bold)
    line.append(place, .dim)
    grid.write(line, in: row.inset(right: row.width - width))
    grid.write(counts, in: row.inset(left: width))
  }

  private var counts: Line {
    let all = Line(" ×\(CountText.of(group.range.count)) ", .count)
    guard group.counts.failing > 0, group.counts.failing < group.range.count else { return all }
    return Line([Span(" \(CountText.of(group.counts.failing)) failing", Style(.fail))] + all.spans)
  }

  /// `  since 194bf4a “Clip the logit”`, as much of it as there is room for.
  private func sinceWords(room: Int) -> String {
    guard let since, room >= 16 else { return "" }
    let commit = since.commit.map { Sanitizer.line(String($0.prefix(7))) }
    let words = "  since " + (commit ?? "run " + Sanitizer.line(since.identity.id, limit: 20))
    guard let title = since.commitTitle, room >= DisplayWidth.of(words) + 12 else {
      return DisplayWidth.of(words) <= room ? words : ""
    }
    return (words + " “\(Sanitizer.line(title, limit: 120))”").keepingStart(columns: room)
  }
}

extension TriageScreen {
  /// Tests of a group that are asked since when they fail: its line must not cost more with every test.
  private static let askedOfGroup = 200

  /// Where all tests of a group broke; nil where they do not agree, or nothing is known.
  func since(of group: Arrangement.Group, _ context: AppContext) -> RunRecord? {
    var found: RunRecord?
    for test in rows.arrangement.tests[group.range].prefix(Self.askedOfGroup) {
      guard let since = context.standing(of: test)?.since?.record else { continue }
      if let found, found.key != since.key { return nil }
      found = since
    }
    return found
  }
}
