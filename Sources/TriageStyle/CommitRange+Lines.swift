internal import SafeText
package import TerminalKit
package import TriageModel

extension CommitRange {
  /// Commits that stand over what a test said.
  package static let mostShown = 10

  /// Whose it is, as far as the commits tell.
  package var mine: Line {
    Line(heading, label: 9, Span(Sanitizer.line(summary, limit: 400), gap == nil ? .text : .dim))
  }

  /// The commits, a line each.
  package var list: [Line] {
    var lines: [Line] = []
    for commit in commits.prefix(Self.mostShown) { lines.append(line(commit, name: lines.isEmpty ? "range" : "")) }
    if commits.count > Self.mostShown {
      lines.append(Line("         … \(commits.count - Self.mostShown) more commits", .truncated))
    }
    return lines
  }

  private func line(_ commit: Commit, name: String) -> Line {
    var line = Line(name, label: 9, Span("\(commit.hash.prefix(7)) ", .count))
    line.append(Sanitizer.line(commit.title, limit: 100), commit.touches.isEmpty ? .text : .bright)
    for remark in remarks(on: commit) {
      let isOwn = remark == "yours" || remark.hasPrefix("touches ")
      line.append(" · " + Sanitizer.line(remark, limit: 200), isOwn ? .warning : .dim)
    }
    return line
  }
}
