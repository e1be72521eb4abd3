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
      let commit = [run.commit.map { String($0.prefix(7)) }, run.commitTitle].compactMap { $0 }
      title.append("  " + Sanitizer.line(commit.joined(separator: " "), limit: 200), .dim)
    }
    let why = Self.packed(verdict.why + place).enumerated().map { number, words in
      Line([Span(number == 0 ? "  why    " : "         ", .dim), Span(words)])
    }
    let flips = verdict.flips.map { Line([Span("  flips  ", .dim), Span(Sanitizer.line($0, limit: 400), .dim)]) }
    return [title] + why + flips
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

  /// Between which runs it broke, where that is not one run for certain.
  private var place: [String] {
    guard let earliest, let latest else { return [] }
    return ["broke between run \(earliest.identity.id) and run \(latest.identity.id) (99 %)"]
  }
}
