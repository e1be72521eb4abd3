import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel

/// The two rows at the top: which run this is, and how it stands.
enum HeaderView {
  static func draw(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    grid.fill(rect.row(0), Style(.header, on: .header))
    let tabs = jobs(state.context) + screens(state)
    let tabsWidth = tabs.width
    grid.write(runLine(state.context), in: rect.row(0).inset(right: tabsWidth + 1))
    grid.write(tabs, in: rect.row(0).inset(left: rect.width - tabsWidth))
    drawStanding(state, in: rect.row(1), on: &grid)
  }

  /// The screens with their counts, the one that is looked at in brackets.
  private static func screens(_ state: AppState) -> Line {
    var line = Line()
    for screen in Screen.allCases {
      let isHere = state.isLookedAt(screen)
      // On a narrow screen which run this is matters more.
      if !isHere, state.context.size.width < 80 { continue }
      let model = screen.path.model(in: state.screens)
      let name = "\(screen.number) \(type(of: model).title)"
      line.spans.append(
        Span(
          isHere ? "[\(name)]" : " \(name) ", Style(isHere ? .titleFocus : .header, on: .header, isHere ? .bold : [])))
      if let count = model.count(state.context), count > 0 {
        line.spans.append(
          Span(
            isHere ? " \(CountText.of(count)) " : "\(CountText.of(count)) ",
            Style(.count, on: .header, isHere ? .bold : [])))
      }
    }
    return line
  }

  /// How many jobs are running; empty when none is.
  private static func jobs(_ context: AppContext) -> Line {
    let count = context.runningJobs
    if count == 0 { return Line() }
    return Line([Span(" \(CountText.of(count, "job")) (J) ", Style(.info, on: .header, .bold))])
  }

  private static let name = Span(" assay ", Style(.titleFocus, on: .header, .bold))

  /// Program, branch, run, commit and its title.
  private static func runLine(_ context: AppContext) -> Line {
    // On a narrow screen which run this is matters more than the program's name.
    var line = context.size.width < 100 && context.currentRun != nil ? Line() : Line([name])
    guard let run = context.currentRun else { return line }
    func add(_ text: String, _ role: Role = .header, _ attributes: Style.Attributes = []) {
      line.spans.append(Span(" " + Sanitizer.line(text, limit: 120) + " ", Style(role, on: .header, attributes)))
    }
    if let branch = run.info.branch { add(branch) }
    let labels = run.info.labels.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
    if !labels.isEmpty { add(labels.keepingMiddle(columns: max(12, context.size.width / 6)), .info) }
    let place = context.runs.runs.count > 1 ? " (\(context.run + 1) of \(context.runs.runs.count))" : ""
    add(run.info.name + place, .header, .bold)
    if let started = run.info.startedAt, context.size.width >= 100 { add(started.minuteText) }
    if let commit = run.info.commit { add(String(commit.prefix(7))) }
    if let title = run.info.commitTitle { add("“\(title)”") }
    return line
  }

  /// How the run stands, worst first, or how far loading has come.
  private static func drawStanding(_ state: AppState, in row: Rect, on grid: inout Grid) {
    let (left, right) = state.model.standing(state.context)
    let rightWidth = right.width
    grid.write(right, in: row.inset(left: row.width - rightWidth - 1))
    grid.write(left, in: row.inset(left: 1, right: rightWidth + 2))
  }
}

extension Line {
  /// The line with one more span at its end.
  static func + (line: Line, span: Span) -> Line { Line(line.spans + [span]) }

  /// One line behind the other.
  static func + (line: Line, other: Line) -> Line { Line(line.spans + other.spans) }
}
