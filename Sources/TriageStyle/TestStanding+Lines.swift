internal import SafeText
package import TerminalKit
package import TriageModel

extension TestStanding {
  /// The verdict, since when it holds, and the commit where it began.
  package var title: Line {
    var title = Line(verdict.label.rawValue.uppercased(), verdict.label.role, .bold)
    if let (word, run) = turn {
      title.append(" \(word) run " + Sanitizer.line(run.identity.id, limit: 60), verdict.label.role, .bold)
      title.append("  " + Sanitizer.line(run.commitWords, limit: 200), .dim)
    }
    title.indent = 2
    return title
  }

  /// What the verdict rests on, and what would change it.
  package var evidence: [Line] {
    let why = self.why.map { Sanitizer.line($0, limit: 400) }.joined(separator: " · ")
    return (why.isEmpty ? [] : [Line("why", label: 9, Span(why))])
      + verdict.flips.map { Line("flips", label: 9, Span(Sanitizer.line($0, limit: 400), .dim)) }
  }
}
