internal import SafeText
internal import TerminalKit
internal import TriageModel

extension TestStanding {
  /// The verdict with its evidence, as it stands over what a test said.
  var lines: [Line] {
    var title = Line(verdict.label.rawValue.uppercased(), verdict.label.role, .bold)
    if let (word, run) = turn {
      title.append(" \(word) run " + Sanitizer.line(run.identity.id, limit: 60), verdict.label.role, .bold)
      let commit = [run.commit.map { String($0.prefix(7)) }, run.commitTitle].compactMap { $0 }
      title.append("  " + Sanitizer.line(commit.joined(separator: " "), limit: 200), .dim)
    }
    let why = verdict.why.map { Line([Span("  why    ", .dim), Span(Sanitizer.line($0, limit: 400))]) }
    let flips = verdict.flips.map { Line([Span("  flips  ", .dim), Span(Sanitizer.line($0, limit: 400), .dim)]) }
    return [title] + why + place + flips
  }

  /// Between which runs it broke, where that is not one run for certain.
  private var place: [Line] {
    guard let earliest, let latest else { return [] }
    let words = "it broke between run \(earliest.identity.id) and run \(latest.identity.id) (99 %)"
    return [Line([Span("  where  ", .dim), Span(Sanitizer.line(words, limit: 400))])]
  }
}
