import SafeText
import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel
import TriageStyle

extension TriageScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left(context), right(context)) }

  /// How the run stands, worst first, or how far loading has come.
  private func left(_ context: AppContext) -> Line {
    guard let run = context.currentRun else {
      return Line(context.loading == nil && context.runs.isComplete ? "no run is open" : "loading…", .dim)
    }
    let counts = run.table.counts
    var line = Line()
    if run.info.completeness.isComplete {
      let failing = run.table.failing
      line.append("\(CountText.of(failing)) failing", failing > 0 ? .fail : .pass, .bold)
      appendTotal(run.table, words: " of ", to: &line)
    } else {
      appendIncomplete(run, to: &line)
      if run.table.count == 0 { return line }
    }
    appendVerdicts(context, to: &line)
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

  /// Of how many tests; where other items need a look, how many of each kind do.
  private func appendTotal(_ table: TestTable, words: String, end: String = "", to line: inout Line) {
    let items = table.itemCounts
    let tests = CountText.of(table.counts.total)
    if items.isEmpty { return line.append(words + tests + end) }
    let failing = items.failingWords
    if failing.isEmpty {
      let own = table.counts.total > 0 ? CountText.of(table.counts.total, "test") + " and " : ""
      return line.append(words + own + CountText.of(items.total, "other item") + end)
    }
    line.append(" · ", .dim)
    if table.counts.total > 0 {
      line.append(CountText.of(table.counts.failing), table.counts.failing > 0 ? .fail : .text)
      line.append("\(words)\(CountText.of(table.counts.total, "test"))\(end), ")
    }
    line.append(failing.joined(separator: ", "), .fail)
  }

  /// What the history says of the failing tests, the most urgent first, and how many flakes did not fail.
  private func appendVerdicts(_ context: AppContext, to line: inout Line) {
    guard let judgement = context.currentJudgement else { return }
    for (label, count) in context.verdictCounts.sorted(by: { $0.key.urgency < $1.key.urgency }) {
      line.append(" · ", .dim)
      line.append("\(CountText.of(count)) \(label.rawValue)", label.role, label == .new ? .bold : [])
    }
    if judgement.flakyElsewhere > 0 {
      line.append(" · ", .dim)
      line.append("\(CountText.of(judgement.flakyElsewhere)) flaky elsewhere", .dim)
    }
  }

  /// Never a number of failing tests that could be taken for all there is.
  private func appendIncomplete(_ run: Run, to line: inout Line) {
    let counts = run.table.counts
    line.append("INCOMPLETE", .danger, .bold)
    if run.table.failing > 0 {
      line.append("  \(CountText.of(run.table.failing)) failing", .fail, .bold)
      appendTotal(run.table, words: " of the ", end: " read", to: &line)
    } else if counts.total > 0 {
      line.append("  \(CountText.of(counts.total)) tests read, none of them failing")
    }
    let reasons = run.info.completeness.reasons
    line.append((counts.total > 0 ? " · " : "  ") + Sanitizer.line(reasons.first ?? "", limit: 200), .warning)
    if reasons.count > 1 { line.append(" (+\(reasons.count - 1) more)", .warning) }
  }

  /// What is left out, what was decided, and how the list is arranged.
  private func right(_ context: AppContext) -> Line {
    if let loading = context.loading {
      let files = "\(CountText.of(loading.files)) file\(loading.files == 1 ? "" : "s")"
      return Line("\(loading.phase) \(CountText.of(loading.tests)) tests, \(files)…", .running)
    }
    var line = Line()
    if context.options.isReadOnly { line.append("read-only  ", .dim) }
    if filterProblem != nil {
      line.append("filter not understood: not filtered  ", .warning)
    } else if !query.filter.isEmpty {
      line.append("filtered: \(CountText.of(rows.arrangement.tests.count)) shown", .match)
      line.append("  ")
    }
    appendDecided(decided, to: &line)
    if !marks.isEmpty { line.append("\(CountText.of(marks.count)) marked  ", .mark) }
    if query.scope == .all { line.append("all tests  ", .dim) }
    let grouping = query.grouping
    line.append(grouping == .none ? "not grouped" : "by \(grouping.rawValue)", .dim)
    return line
  }

  /// What was decided on the run's goldens, and how many wait still; nothing before the first decision.
  private func appendDecided(_ decided: DecidedTests, to line: inout Line) {
    guard decided.approved + decided.rejected > 0 else { return }
    if decided.approved > 0 { line.append("\(CountText.of(decided.approved)) approved ", .pass) }
    if decided.rejected > 0 { line.append("\(CountText.of(decided.rejected)) rejected ", .fail) }
    line.append(decided.left > 0 ? "\(CountText.of(decided.left)) to decide  " : "all decided  ", .title)
  }
}
