import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension RunsScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left, right) }

  /// `40 runs in 90 days · 23 with failures · last green 4115`.
  private var left: Line {
    guard let list else { return Line("looking…", .dim) }
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
  private var right: Line {
    var line = Line()
    if asked?.window != list?.request.window { line.append("looking…  ", .running) }
    if filterProblem != nil {
      line.append("filter not understood  ", .warning)
    } else if !filter.isEmpty {
      line.append("filtered: \(CountText.of(shown.count)) shown  ", .match)
    }
    if isFailingOnly { line.append("with failures  ", .mark) }
    if order == .failing { line.append("most failing first", .dim) }
    return line
  }
}
