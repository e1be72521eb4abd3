internal import SafeText
internal import TerminalKit
internal import TriageMessages
internal import TriageModel

extension TestStanding {
  /// The verdict with its evidence, as it stands over what a test said.
  var lines: [Line] {
    var title = Line(verdict.label.rawValue.uppercased(), verdict.label.role, .bold)
    if let since {
      title.append(" since run " + Sanitizer.line(since.identity.id, limit: 60), verdict.label.role, .bold)
      let commit = [since.commit.map { String($0.prefix(7)) }, since.commitTitle].compactMap { $0 }
      title.append("  " + Sanitizer.line(commit.joined(separator: " "), limit: 200), .dim)
    }
    let why = verdict.why.map { Line([Span("  why    ", .dim), Span(Sanitizer.line($0, limit: 400))]) }
    let flips = verdict.flips.map { Line([Span("  flips  ", .dim), Span(Sanitizer.line($0, limit: 400), .dim)]) }
    return [title] + why + flips
  }
}
