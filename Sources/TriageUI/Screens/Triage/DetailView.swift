import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

/// The pane of the selected test: its name, the facts, and one of its texts.
enum DetailView {
  static func draw(_ triage: TriageScreen, _ context: AppContext, in rect: Rect, on grid: inout Grid) {
    guard let run = context.currentRun else { return }
    let inside = rect.inset(left: 1)
    if let test = triage.selectedTest {
      drawHead(of: test, run, triage, in: inside, on: &grid)
    } else if case .group(let group) = triage.rows.row(at: triage.cursor.index) {
      drawHead(of: triage.rows.arrangement.groups[group], in: inside, on: &grid)
    }
    drawTabs(triage, in: inside.row(TriageScreen.detailHeadRows - 1), on: &grid)
    let isFocused = triage.focus == .detail
    if triage.shownTab == .golden, let golden = triage.golden {
      drawGolden(golden, triage, context.pair, isFocused: isFocused, on: &grid)
      return
    }
    guard let document = triage.document else { return }
    triage.pane.draw(
      document.lines, search: triage.listPane.textSearch, isFocused: isFocused, in: triage.textArea, on: &grid)
    drawPosition(document, triage, in: triage.textArea, on: &grid)
  }

  /// The test's golden: what changed, then both sides.
  private static func drawGolden(
    _ golden: GoldenChange, _ triage: TriageScreen, _ pair: PairState, isFocused: Bool, on grid: inout Grid
  ) {
    let facts = triage.textArea.split(atRow: TriageScreen.goldenFactRows).top
    let count = triage.goldens.count
    let place = count > 1 ? "\(triage.goldenIndex % count + 1) of \(count), . the next" : ""
    GoldenFacts(change: golden, ordinal: place, remarks: pair.remarks(of: golden)).draw(in: facts, on: &grid)
    PairView.draw(pair, of: golden, isFocused: isFocused, in: triage.pairArea, on: &grid)
  }

  private static func drawHead(
    of test: TestIndex, _ run: Run, _ triage: TriageScreen, in rect: Rect, on grid: inout Grid
  ) {
    let suite = Sanitizer.line(run.table.suiteName(run.table.suite(of: test)), limit: 600)
    let name = Sanitizer.line(run.table.name(of: test), limit: 600)
    grid.write(Line(suite.keepingEnd(columns: rect.width), .dim), in: rect.row(0))
    grid.write(Line(name.keepingMiddle(columns: rect.width), .title, .bold), in: rect.row(1))
    grid.write(facts(of: test, run, triage.goldens), in: rect.row(2))
  }

  /// Outcome, goldens, attempts, duration, the line it is defined at, leg.
  private static func facts(of test: TestIndex, _ run: Run, _ goldens: [GoldenChange]) -> Line {
    let outcome = run.table.outcome(of: test)
    var line = Line("\(outcome.glyph) \(outcome.letter) \(outcome.words)", outcome.role, .bold)
    appendGoldens(goldens, to: &line)
    let attempts = run.table.attemptOutcomes(of: test)
    if attempts.count > 1 {
      line.append(" · \(attempts.count) attempts ", .dim)
      for attempt in attempts.prefix(12) {
        line.append(String(attempt.letter), attempt.role, .bold)
      }
    }
    if let duration = run.table.duration(of: test).flatMap(DurationText.of) { line.append(" · \(duration)", .dim) }
    let kind = run.table.kind(of: test)
    if kind == .suite { line.append(" · outside any one test", .dim) }
    if !kind.isOfTests { line.append(" · " + kind.word, .title) }
    if let measure = run.table.measure(of: test) { line.append(" · " + MeasureText.of(measure.value, measure.unit)) }
    if let place = definition(of: test, run) { line.append(" · " + Sanitizer.line(place, limit: 200), .dim) }
    let leg = run.table.leg(of: test)
    if !leg.isEmpty { line.append(" · " + Sanitizer.line(leg, limit: 60), .dim) }
    return line
  }

  /// The drift of the golden in a few words: a report names files of a machine that nobody is at.
  private static func appendGoldens(_ goldens: [GoldenChange], to line: inout Line) {
    guard let golden = goldens.first else { return }
    line.append(" · ", .dim)
    line.append("\(golden.state.glyph) golden \(golden.state.rawValue)", golden.state.role, .bold)
    if goldens.count > 1 { line.append(" (1 of \(CountText.of(goldens.count)))", .dim) }
    if let drift = golden.drift { line.append(", " + drift.kind.title, drift.kind.role) }
    if let summary = golden.summary { line.append(", " + SummaryText.short(summary)) }
  }

  /// Where a test is defined, without the file that the suite above names already.
  private static func definition(of test: TestIndex, _ run: Run) -> String? {
    guard let place = run.table.definition(of: test) else { return nil }
    if run.table.pytestFile(of: run.table.suite(of: test)) == place.file { return place.line.map { "line \($0)" } }
    return place.file + (place.line.map { ":\($0)" } ?? "")
  }

  private static func drawHead(of group: Arrangement.Group, in rect: Rect, on grid: inout Grid) {
    let title = Sanitizer.line(group.title, limit: 600)
    grid.write(Line(title.keepingMiddle(columns: rect.width), .title, .bold), in: rect.row(1))
    var line = Line(CountText.of(group.range.count, "test"), .dim)
    for outcome in Outcome.allCases.sorted(by: { $0.severity < $1.severity }) where group.counts[outcome] > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(group.counts[outcome])) \(outcome.words)", outcome.role)
    }
    grid.write(line, in: rect.row(2))
  }

  private static func drawTabs(_ triage: TriageScreen, in row: Rect, on grid: inout Grid) {
    var line = Line()
    // The log of an incomplete run stands for no tab.
    let isLog = triage.selectedTest == nil && triage.tab != .files
    // A narrow pane has no room for more than a blank between them, with the place in the text at the right.
    let isTight = triage.tabs.reduce(8) { $0 + $1.rawValue.count + 3 } > row.width
    for tab in triage.selectedCause == nil ? triage.tabs : [] {
      let isCurrent = tab == triage.shownTab && !isLog
      let isFocused = isCurrent && triage.focus == .detail
      let name = isCurrent ? "[\(tab.rawValue)]" : isTight ? tab.rawValue : " \(tab.rawValue) "
      line.append(name, isFocused ? .titleFocus : isCurrent ? .title : .dim, isCurrent ? .bold : [])
      line.append(" ")
    }
    if triage.selectedCause != nil {
      line.append("what its tests have in common", triage.focus == .detail ? .titleFocus : .title, .bold)
    }
    if case .file(let file) = triage.document?.request.subject {
      line.append(" " + Sanitizer.line(file.shown, limit: 120), .link)
    }
    if let page = triage.openedPages.last {
      line = Line(Sanitizer.line(page, limit: 120), .titleFocus, .bold)
      line.append("  esc goes back", .dim)
    }
    if let commit = triage.openedCommit {
      line = Line("commit " + Sanitizer.line(String(commit.hash.prefix(7)), limit: 7), .titleFocus, .bold)
      line.append("  esc goes back", .dim)
    }
    grid.write(line, in: row)
  }

  /// Says how far down a text is that does not fit.
  private static func drawPosition(_ document: Document, _ triage: TriageScreen, in rect: Rect, on grid: inout Grid) {
    guard document.lines.count > rect.height, rect.height > 0 else { return }
    let text = " \(CountText.of(triage.pane.line + 1))/\(CountText.of(document.lines.count)) "
    let place = Rect(x: rect.maxX - text.count, y: rect.y - 1, width: text.count, height: 1)
    grid.write(text, Style(.dim), in: place)
  }
}
