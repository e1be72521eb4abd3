import TerminalKit
import TriageMessages
import TriageModel

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

  /// The letters that stand in the list of failing tests.
  static func line(_ state: AppState) -> Line {
    var line = Line()
    let counts = state.currentRun?.table.counts ?? OutcomeCounts()
    for outcome in Outcome.allCases.sorted(by: { $0.severity < $1.severity })
    where outcome.needsAttention && counts[outcome] > 0 {
      append(outcome.letter, outcome.words, outcome.role, to: &line)
    }
    for label in state.verdictCounts.keys.sorted(by: { $0.urgency < $1.urgency }) {
      append(label.letter, label.rawValue, label.role, to: &line)
    }
    return line
  }

  private static func append(_ letter: Character, _ words: String, _ role: Role, to line: inout Line) {
    line.append(" \(letter) ", role, .bold)
    line.append(words + " ", .dim)
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
