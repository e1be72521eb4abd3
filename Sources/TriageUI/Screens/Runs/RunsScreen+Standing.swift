import SafeText
import ItemQueries
import TerminalKit
import TriageMessages
import TriageModel

extension RunsScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left, right) }

  /// `40 runs in 90 days · 23 with failures · last green 4115`.
  private var left: Line {
    guard let list else { return Line("looking…", .dim) }
    guard !sequence.runs.isEmpty else { return Line(list.problem == nil ? "no runs" : "no history", .dim) }
    var line = Line(CountText.of(sequence.runs.count, "run"))
    if case .days = list.request.window { line.append(" in \(list.request.window.words)") }
    line.append(" · ", .dim)
    if columns.failingRuns > 0 {
      line.append("\(CountText.of(columns.failingRuns)) with failures", .fail, .bold)
    } else {
      line.append("none with failures", .pass, .bold)
    }
    if columns.incompleteRuns > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(columns.incompleteRuns)) INCOMPLETE", .danger)
    }
    line.append(" · ", .dim)
    if let green = columns.lastGreen {
      line.append("last green \(Sanitizer.line(sequence.runs[green].shortName, limit: 60))", .pass)
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
    if query.order == .failing { line.append("most failing first", .dim) }
    return line
  }
}
