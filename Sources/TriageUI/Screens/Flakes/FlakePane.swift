import SafeText
import TerminalKit
import TriageMessages
import TriageModel

/// The text below the list: what the chosen test costs and why it is called so, and what it did in the chosen run.
struct FlakePane {
  /// A pane of fewer rows does not hold both.
  private static let lowHeight = 10

  private let flakes: FlakesState
  private let openRuns: Set<RunIdentity>

  init(_ flakes: FlakesState, openRuns: Set<RunIdentity>) {
    self.flakes = flakes
    self.openRuns = openRuns
  }

  var lines: [Line] {
    guard let row = flakes.selected else { return [] }
    let title = Line(Sanitizer.line(row.flake.test, limit: 600), .title, .bold)
    let head = [title, verdict(on: row.flake)]
    // On a low screen what changes from run to run comes before what does not.
    if flakes.layout.text.height < Self.lowHeight { return head + attempt(of: row) + [Line()] + facts(of: row) }
    return head + facts(of: row) + [Line()] + attempt(of: row)
  }

  // MARK: - The test

  private func facts(of row: FlakeList.Row) -> [Line] {
    let flake = row.flake
    return clauses("why", flake.verdict.why) + clauses("flips", flake.verdict.flips) + cost(of: flake) + seen(row)
  }

  /// The label, and how often; the evidence of what is flaky says the interval.
  private func verdict(on flake: FlakyTest) -> Line {
    let rate = flake.shownRate
    var line = Line(flake.verdict.label.rawValue.uppercased(), flake.verdict.label.role, .bold)
    line.append("  \(CountText.of(rate.count)) of \(CountText.of(rate.of, "run")), ")
    line.append(ShareText.of(rate.share), .text, .bold)
    if flake.verdict.rate == nil {
      line.append(", " + rate.interval, .dim)
    }
    return line
  }

  private func clauses(_ title: String, _ clauses: [String]) -> [Line] {
    if clauses.isEmpty { return [] }
    return labelled(title, Line(clauses.map { Sanitizer.line($0, limit: 400) }.joined(separator: " · ")))
  }

  /// What it costs, and what that is made of.
  private func cost(of flake: FlakyTest) -> [Line] {
    let figures = flake.statistics
    var parts: [String] = []
    if figures.failures > 0 {
      let each = ((figures.cost - figures.minutes) / Double(figures.failures)).rounded()
      parts.append("\(CountText.of(figures.failures, "failure")) × \(FigureText.of(each)) min")
    }
    parts.append("\(CostText.of(figures.minutes)) of failed and retried attempts")
    var line = Line(CostText.of(figures.cost))
    line.append(": " + parts.joined(separator: ", "), .dim)
    return labelled("cost", line)
  }

  /// When it failed first and last, how it swings, whose it is.
  private func seen(_ row: FlakeList.Row) -> [Line] {
    guard let first = row.firstSeen, let last = row.lastSeen else { return [] }
    var text = "first in \(name(first)), last in \(name(last))"
    if row.flake.statistics.transitions > 0, row.flake.verdict.rate == nil {
      text += " · \(FigureText.of(row.flake.statistics.transitions, digits: 2)) changes a run"
    }
    if let trend = row.flake.statistics.trend, trend.direction != .steady {
      text += " · \(trend.direction.rawValue): \(share(trend.before)), then \(share(trend.after))"
    }
    if let owner = row.flake.owner { text += " · owner " + Sanitizer.line(owner, limit: 80) }
    return labelled("seen", Line(text))
  }

  private func share(_ rate: Verdict.Rate) -> String { "\(CountText.of(rate.count)) of \(CountText.of(rate.of))" }

  private func name(_ run: RunRecord) -> String {
    Sanitizer.line(run.identity.id, limit: 60) + (run.startedAt.map { " (\($0.dayText))" } ?? "")
  }

  /// A line behind its name; what does not fit goes on below its beginning.
  private func labelled(_ title: String, _ line: Line) -> [Line] {
    let indent = 9
    return line.wrapped(width: max(20, flakes.layout.text.width - indent)).enumerated().map { place, part in
      let label = place == 0 ? "  " + title : ""
      return Line([Span(label + String(repeating: " ", count: indent - label.count), .dim)] + part.spans)
    }
  }

  // MARK: - The attempt

  private func attempt(of row: FlakeList.Row) -> [Line] {
    guard let run = flakes.selectedRun else { return [] }
    guard let outcome = flakes.selectedOutcome else {
      var line = head(of: run)
      line.append("  it was not part of this run", .dim)
      return [line, place(of: run)]
    }
    var line = head(of: run)
    line.append("  \(outcome.glyph) \(outcome.letter) \(outcome.words)", outcome.role, .bold)
    let answer = flakes.isAttemptKnown ? flakes.attempt : nil
    if let results = answer?.results, results.count == 1 { line.spans += details(of: results[0]).spans }
    if openRuns.contains(run.identity) {
      line.append("  ")
      line.append("enter opens it", .link)
    }
    var lines = [line, place(of: run)]
    guard let answer else { return lines }
    if answer.results.count > 1 { lines += answer.results.map(leg) }
    if !flakes.said.isEmpty {
      lines.append(Line("  it said, here or where it failed the same way:", .dim))
      lines += flakes.said
    }
    return lines
  }

  private func head(of run: RunRecord) -> Line {
    let attempt = run.identity.attempt > 1 ? " attempt \(run.identity.attempt)" : ""
    return Line("run \(Sanitizer.line(run.identity.id, limit: 60))\(attempt)", .title, .bold)
  }

  /// When and at what commit the run was.
  private func place(of run: RunRecord) -> Line {
    let title = run.commitTitle.map { "“\(Sanitizer.line($0, limit: 120))”" }
    let parts = [
      run.startedAt?.minuteText, run.branch.map { Sanitizer.line($0, limit: 60) },
      run.commit.map { Sanitizer.line(String($0.prefix(7)), limit: 20) }, title,
    ]
    var line = Line("  " + parts.compactMap(\.self).joined(separator: "  "), .dim)
    if !run.isComplete { line.append("  INCOMPLETE", .warning) }
    return line
  }

  private func leg(_ result: ResultRecord) -> Line {
    var line = Line("  \(result.outcome.glyph) \(result.outcome.letter) \(result.outcome.words)", result.outcome.role)
    line.append(" [\(Sanitizer.line(result.leg, limit: 60))]", .dim)
    line.spans += details(of: result).spans
    return line
  }

  /// Its attempts and how long they took.
  private func details(of result: ResultRecord) -> Line {
    var line = Line()
    if result.attempts.count > 1 {
      line.append("  \(result.attempts.count) attempts ", .dim)
      for attempt in result.attempts.prefix(20) { line.append(String(attempt.letter), attempt.role, .bold) }
    }
    if let text = result.duration.flatMap(DurationText.of) { line.append("  " + text, .dim) }
    return line
  }
}
