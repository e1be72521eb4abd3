internal import SafeText
internal import TerminalKit
internal import TriageModel

extension CommitRange {
  /// Commits that stand over what a test said.
  private static let mostShown = 10

  /// The commits as they stand under the verdict: a summary, then a line each.
  var lines: [Line] {
    let role: Role = gap == nil ? .text : .dim
    var lines = [
      Line([
        Span("  " + heading + String(repeating: " ", count: max(1, 7 - heading.count)), .dim),
        Span(Sanitizer.line(summary, limit: 400), role),
      ])
    ]
    for commit in commits.prefix(Self.mostShown) { lines.append(line(commit)) }
    if commits.count > Self.mostShown {
      lines.append(Line("         … \(commits.count - Self.mostShown) more commits", .truncated))
    }
    return lines
  }

  private func line(_ commit: Commit) -> Line {
    var line = Line("         \(commit.hash.prefix(7)) ", .count)
    line.append(Sanitizer.line(commit.title, limit: 100), commit.touches.isEmpty ? .text : .bright)
    for remark in remarks(on: commit) {
      let isOwn = remark == "yours" || remark.hasPrefix("touches ")
      line.append(" · " + Sanitizer.line(remark, limit: 200), isOwn ? .warning : .dim)
    }
    return line
  }
}
