import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel
import TriageStyle

/// The two rows at the top: which run this is, and how it stands.
enum HeaderView {
  static func draw(_ state: AppState, in rect: Rect, on grid: inout Grid) {
    grid.fill(rect.row(0), Style(.header, on: .header))
    let tabs = screens(state)
    let tabsWidth = tabs.width
    grid.write(runLine(state), in: rect.row(0).inset(right: tabsWidth + 1))
    grid.write(tabs, in: rect.row(0).inset(left: rect.width - tabsWidth))
    drawStanding(state, in: rect.row(1), on: &grid)
  }

  /// The screens with their counts, the one that is looked at in brackets.
  private static func screens(_ state: AppState) -> Line {
    var line = Line()
    for screen in Screen.allCases {
      let isHere = screen == state.screen
      // On a narrow screen which run this is matters more.
      if !isHere, state.size.width < 80 { continue }
      let name = "\(screen.number) \(screen.rawValue)"
      line.spans.append(
        Span(
          isHere ? "[\(name)]" : " \(name) ", Style(isHere ? .titleFocus : .header, on: .header, isHere ? .bold : [])))
      if let count = count(of: screen, state), count > 0 {
        line.spans.append(
          Span(
            isHere ? " \(CountText.of(count)) " : "\(CountText.of(count)) ",
            Style(.count, on: .header, isHere ? .bold : [])))
      }
    }
    return line
  }

  private static func count(of screen: Screen, _ state: AppState) -> Int? {
    switch screen {
    case .triage: state.currentRun?.table.counts.failing
    case .goldens: state.goldens.openCount
    case .flakes: state.flakes.list?.total.flaky
    case .runs: nil
    }
  }

  /// Program, branch, run, commit and its title.
  private static func runLine(_ state: AppState) -> Line {
    var line = Line([Span(" assay ", Style(.titleFocus, on: .header, .bold))])
    guard let run = state.currentRun else { return line }
    func add(_ text: String, _ role: Role = .header, _ attributes: Style.Attributes = []) {
      line.spans.append(Span(" " + Sanitizer.line(text, limit: 120) + " ", Style(role, on: .header, attributes)))
    }
    if let branch = run.info.branch { add(branch) }
    let place = state.runs.runs.count > 1 ? " (\(state.run + 1) of \(state.runs.runs.count))" : ""
    add(run.info.name + place, .header, .bold)
    if let started = run.info.startedAt, state.size.width >= 100 { add(started.minuteText) }
    if let commit = run.info.commit { add(String(commit.prefix(7))) }
    if let title = run.info.commitTitle { add("“\(title)”") }
    return line
  }

  /// How the run stands, worst first, or how far loading has come.
  private static func drawStanding(_ state: AppState, in row: Rect, on grid: inout Grid) {
    let right = rightSide(state)
    let rightWidth = right.width
    grid.write(right, in: row.inset(left: row.width - rightWidth - 1))
    grid.write(leftSide(state), in: row.inset(left: 1, right: rightWidth + 2))
  }

  private static func leftSide(_ state: AppState) -> Line {
    switch state.screen {
    case .triage: standing(state)
    case .goldens: GoldensStanding.left(state)
    case .flakes: FlakesStanding.left(state)
    case .runs: RunsStanding.left(state)
    }
  }

  private static func rightSide(_ state: AppState) -> Line {
    switch state.screen {
    case .triage: rightHand(state)
    case .goldens: GoldensStanding.right(state)
    case .flakes: FlakesStanding.right(state)
    case .runs: RunsStanding.right(state)
    }
  }

  private static func standing(_ state: AppState) -> Line {
    guard let run = state.currentRun else {
      return Line(state.loading == nil && state.runs.isComplete ? "no run is open" : "loading…", .dim)
    }
    let counts = run.table.counts
    var line = Line()
    if run.info.completeness.isComplete {
      line.append("\(CountText.of(counts.failing)) failing", counts.failing > 0 ? .fail : .pass, .bold)
      line.append(" of \(CountText.of(counts.total))")
    } else {
      appendIncomplete(run, to: &line)
      if counts.total == 0 { return line }
    }
    appendVerdicts(state, to: &line)
    for outcome in [Outcome.passedOnRetry, .unexpectedPass, .expectedFailure, .skipped, .passed]
    where counts[outcome] > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(counts[outcome])) \(outcome.words)", outcome == .passed ? .dim : outcome.role)
    }
    if !run.info.warnings.isEmpty {
      line.append(" · ", .dim)
      line.append(CountText.of(run.info.warnings.count, "warning"), .warning)
    }
    return line
  }

  /// What the history says of the failing tests, the most urgent first, and how many flakes did not fail.
  private static func appendVerdicts(_ state: AppState, to line: inout Line) {
    guard let judgement = state.currentJudgement else { return }
    for (label, count) in state.verdictCounts.sorted(by: { $0.key.urgency < $1.key.urgency }) {
      line.append(" · ", .dim)
      line.append("\(CountText.of(count)) \(label.rawValue)", label.role, label == .new ? .bold : [])
    }
    if judgement.flakyElsewhere > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(judgement.flakyElsewhere)) flaky elsewhere", .dim)
    }
  }

  /// Never a number of failing tests that could be taken for all there is.
  private static func appendIncomplete(_ run: Run, to line: inout Line) {
    let counts = run.table.counts
    line.append("INCOMPLETE", .danger, .bold)
    if counts.failing > 0 {
      line.append("  \(CountText.of(counts.failing)) failing", .fail, .bold)
      line.append(" of the \(CountText.of(counts.total)) read")
    } else if counts.total > 0 {
      line.append("  \(CountText.of(counts.total)) tests read, none of them failing")
    }
    let reasons = run.info.completeness.reasons
    line.append((counts.total > 0 ? " · " : "  ") + Sanitizer.line(reasons.first ?? "", limit: 200), .warning)
    if reasons.count > 1 { line.append(" (+\(reasons.count - 1) more)", .warning) }
  }

  private static func rightHand(_ state: AppState) -> Line {
    if let loading = state.loading {
      let files = "\(CountText.of(loading.files)) file\(loading.files == 1 ? "" : "s")"
      return Line("\(loading.phase) \(CountText.of(loading.tests)) tests, \(files)…", .running)
    }
    var line = Line()
    if state.options.isReadOnly { line.append("read-only  ", .dim) }
    if state.triage.filterProblem != nil {
      line.append("filter not understood: not filtered  ", .warning)
    } else if !state.triage.query.filter.isEmpty {
      line.append("filtered: \(CountText.of(state.triage.rows.arrangement.tests.count)) shown", .match)
      line.append("  ")
    }
    appendDecided(state.triage.decided, to: &line)
    if !state.triage.marks.isEmpty { line.append("\(CountText.of(state.triage.marks.count)) marked  ", .mark) }
    if state.triage.query.scope == .all { line.append("all tests  ", .dim) }
    let grouping = state.triage.query.grouping
    line.append(grouping == .none ? "not grouped" : "by \(grouping.rawValue)", .dim)
    return line
  }
}

extension HeaderView {
  /// What was decided on the run's goldens, and how many wait still; nothing before the first decision.
  private static func appendDecided(_ decided: DecidedTests, to line: inout Line) {
    guard decided.approved + decided.rejected > 0 else { return }
    if decided.approved > 0 { line.append("\(CountText.of(decided.approved)) approved ", .pass) }
    if decided.rejected > 0 { line.append("\(CountText.of(decided.rejected)) rejected ", .fail) }
    line.append(decided.left > 0 ? "\(CountText.of(decided.left)) to decide  " : "all decided  ", .title)
  }
}

extension Line {
  /// The line with one more span at its end.
  static func + (line: Line, span: Span) -> Line { Line(line.spans + [span]) }

  /// One line behind the other.
  static func + (line: Line, other: Line) -> Line { Line(line.spans + other.spans) }
}
