import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// What the letters of a row mean: all of them for help, and those in sight for the list.
enum Legend {
  /// Columns of a row of the help.
  private static let width = 60

  /// All letters, in rows.
  static var rows: [String] {
    let outcomes = Outcome.allCases.sorted { $0.severity < $1.severity }.map { "\($0.letter) \($0.words)" }
    let verdicts = Verdict.Label.allCases.sorted { $0.urgency < $1.urgency }.filter { $0 != .passing }
    return packed(outcomes) + packed(verdicts.map { "\($0.letter) \($0.rawValue)" })
  }

  /// The letters that stand in the list of failing tests, in rows of a width.
  static func lines(_ context: AppContext, width: Int) -> [Line] {
    var lines: [Line] = []
    for entry in entries(context) {
      if let last = lines.last, last.width + entry.width <= width {
        lines[lines.count - 1] = last + entry
      } else {
        lines.append(entry)
      }
    }
    return lines
  }

  private static func entries(_ context: AppContext) -> [Line] {
    let counts = context.currentRun?.table.counts ?? OutcomeCounts()
    let outcomes = Outcome.allCases.filter { $0.needsAttention && counts[$0] > 0 }.sorted { $0.severity < $1.severity }
    let verdicts = context.verdictCounts.keys.sorted { $0.urgency < $1.urgency }
    return outcomes.map { entry($0.letter, $0.words, $0.role) }
      + verdicts.map { entry($0.letter, $0.rawValue, $0.role) }
  }

  private static func entry(_ letter: Character, _ words: String, _ role: Role) -> Line {
    Line([Span(" \(letter) ", role, .bold), Span(words + " ", .dim)])
  }

  private static func packed(_ words: [String]) -> [String] {
    var rows: [String] = []
    for word in words {
      if let last = rows.last, last.count + word.count + 3 <= width {
        rows[rows.count - 1] = last + "   " + word
      } else {
        rows.append(word)
      }
    }
    return rows
  }
}
