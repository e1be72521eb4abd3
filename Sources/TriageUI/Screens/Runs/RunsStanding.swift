import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// How the runs of the window stand: the second row of the screen.
enum RunsStanding {
  /// `40 runs in 90 days · 23 with failures · last green 4115`.
  static func left(_ state: AppState) -> Line {
    let roll = state.runsScreen.roll
    guard let list = state.runsScreen.list else { return Line("looking…", .dim) }
    guard !roll.runs.isEmpty else { return Line(list.problem == nil ? "no runs" : "no history", .dim) }
    var line = Line(CountText.of(roll.runs.count, "run"))
    if case .days = list.request.window { line.append(" in \(list.request.window.words)") }
    line.append(" · ", .dim)
    if roll.failingRuns > 0 {
      line.append("\(CountText.of(roll.failingRuns)) with failures", .fail, .bold)
    } else {
      line.append("none with failures", .pass, .bold)
    }
    if roll.incompleteRuns > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(roll.incompleteRuns)) INCOMPLETE", .danger)
    }
    line.append(" · ", .dim)
    if let green = roll.lastGreen {
      line.append("last green \(Sanitizer.line(roll.runs[green].shortName, limit: 60))", .pass)
    } else {
      line.append("none green", .dim)
    }
    return line
  }

  /// What is left out, and how the list is arranged.
  static func right(_ state: AppState) -> Line {
    let runs = state.runsScreen
    var line = Line()
    if runs.asked?.window != runs.list?.request.window { line.append("looking…  ", .running) }
    if runs.filterProblem != nil {
      line.append("filter not understood  ", .warning)
    } else if !runs.filter.isEmpty {
      line.append("filtered: \(CountText.of(runs.shown.count)) shown  ", .match)
    }
    if runs.isFailingOnly { line.append("with failures  ", .mark) }
    if runs.order == .failing { line.append("most failing first", .dim) }
    return line
  }
}
