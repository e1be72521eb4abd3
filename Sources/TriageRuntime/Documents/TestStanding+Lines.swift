internal import SafeText
internal import TerminalKit
internal import TriageMessages
internal import TriageModel

extension TestStanding {
  /// The verdict with its evidence, as it stands over what a test said.
  var lines: [Line] {
    var title = Line(verdict.label.rawValue.uppercased(), verdict.label.role, .bold)
    if let (word, run) = turn {
      title.append(" \(word) run " + Sanitizer.line(run.identity.id, limit: 60), verdict.label.role, .bold)
      title.append("  " + Sanitizer.line(run.commitWords, limit: 200), .dim)
    }
    let reasons = Self.packed(why).enumerated().map { number, words in
      Line([Span(number == 0 ? "  why    " : "         ", .dim), Span(words)])
    }
    let flips = verdict.flips.map { Line([Span("  flips  ", .dim), Span(Sanitizer.line($0, limit: 400), .dim)]) }
    return [title] + reasons + flips
  }

  /// Columns that clauses share a line in: on a small screen what the test said must not be pushed out of sight.
  private static let lineWidth = 68

  /// Clauses, side by side as far as they fit.
  private static func packed(_ clauses: [String]) -> [String] {
    var lines: [String] = []
    for clause in clauses.map({ Sanitizer.line($0, limit: 400) }) {
      if let last = lines.last, last.count + clause.count + 3 <= lineWidth {
        lines[lines.count - 1] = last + " · " + clause
      } else {
        lines.append(clause)
      }
    }
    return lines
  }
}
