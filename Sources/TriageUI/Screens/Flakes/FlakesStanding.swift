import TerminalKit
import TriageMessages
import TriageModel

/// How the window stands: the line below the run's own.
enum FlakesStanding {
  /// What flakiness cost, and in how many runs that was.
  static func left(_ state: AppState) -> Line {
    guard let list = state.flakes.list else { return Line("looking through the history…", .dim) }
    let total = list.total
    var line = Line("\(CountText.of(total.flaky)) flaky", total.flaky > 0 ? .flaky : .pass, .bold)
    if list.request.isAll { line.append(" of \(CountText.of(total.unsteady)) that failed") }
    if total.flaky > 0 {
      line.append(" · ", .dim)
      line.append(CountText.of(total.failures, "failure"))
      line.append(" · ", .dim)
      line.append("\(CostText.of(total.cost)) lost")
    }
    let days: String =
      switch list.request.window {
      case .days: " in \(list.request.window.words)"
      case .all: ""
      }
    line.append(" · \(CountText.of(total.runs, "run"))\(days)", .dim)
    return line
  }

  /// What is under way, and how the list is arranged.
  static func right(_ state: AppState) -> Line {
    let flakes = state.flakes
    if let asked = flakes.asked, flakes.isLooking, flakes.list != nil {
      return Line("looking at \(asked.window.words)…", .running)
    }
    var line = Line()
    if flakes.filterProblem != nil {
      line.append("filter not understood  ", .warning)
    } else if !flakes.query.filter.isEmpty {
      line.append("filtered: \(CountText.of(flakes.rows.count)) shown  ", .match)
    }
    if !flakes.marks.isEmpty { line.append("\(CountText.of(flakes.marks.count)) marked  ", .mark) }
    if let problem = flakes.list?.problem, !flakes.rows.isEmpty { line.append(problem + "  ", .warning) }
    line.append("by " + flakes.query.order.rawValue, .dim)
    return line
  }
}
