import ItemQueries
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left, right) }

  /// What flakiness cost, and in how many runs that was.
  private var left: Line {
    guard let list else { return Line("looking through the history…", .dim) }
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
    let streams = total.streams > 1 ? " of \(CountText.of(total.streams, "stream"))" : ""
    line.append(" · \(CountText.of(total.runs, "run"))\(streams)\(days)", .dim)
    return line
  }

  /// What is under way, and how the list is arranged.
  private var right: Line {
    if let asked, isLooking, list != nil {
      return Line("looking at \(asked.window.words)…", .running)
    }
    var line = shownWords(rows.count)
    if let problem = list?.problem, !rows.isEmpty { line.append(problem + "  ", .warning) }
    line.append("by " + query.order.rawValue, .dim)
    return line
  }
}
