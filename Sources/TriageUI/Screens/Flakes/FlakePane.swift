import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// The text below the list: what the chosen test costs and why it is called so, and what it did in the chosen run.
struct FlakePane {
  /// A pane of fewer rows does not hold both.
  private static let lowHeight = 10

  private let flakes: FlakesScreen
  private let openRuns: Set<RunIdentity>

  init(_ flakes: FlakesScreen, openRuns: Set<RunIdentity>) {
    self.flakes = flakes
    self.openRuns = openRuns
  }

  var lines: [Line] {
    guard let row = flakes.selected else { return [] }
    let title = Line(Sanitizer.line(row.flake.test, limit: 600), .title, .bold)
    let head = [title, verdict(on: row.flake)]
    // On a low screen what changes from run to run comes before what does not.
    if flakes.textArea.height < Self.lowHeight {
      return head + attempt(of: row) + [Line()] + facts(of: row) + failures(of: row)
    }
    return head + facts(of: row) + [Line()] + attempt(of: row) + failures(of: row)
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
    var labelled = Line(title, label: 9)
    labelled.spans += line.spans
    return [labelled]
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
    if !flakes.said.isEmpty { return lines + flakes.said }
    if let title = answer.title, !title.isEmpty {
      lines.append(Line("known as", label: 11, Span(Sanitizer.line(title, limit: 400), .fail)))
      lines.append(Line("  what it said in this run is kept in its report: assay FOLDER opens it", .dim))
    }
    return lines
  }

  // MARK: - The other runs

  /// Runs that are listed.
  private static let mostRuns = 200

  /// The runs in which it failed or was tried again, newest first.
  private func failures(of row: FlakeList.Row) -> [Line] {
    guard let runs = flakes.list?.runs else { return [] }
    let failed = zip(runs, row.cells).filter { $1.map { $0.isFailing || $0 == .passedOnRetry } ?? false }
    guard failed.count > 1 else { return [] }
    let names = failed.prefix(Self.mostRuns).map { Sanitizer.line($0.0.identity.id, limit: 24) }
    let width = names.map { DisplayWidth.of($0) }.max() ?? 0
    var lines = [Line(), Line("failed or was tried again in \(CountText.of(failed.count, "run"))", .heading, .bold)]
    for (name, (run, outcome)) in zip(names, failed) {
      lines.append(line(run, outcome, name.filled(to: width)))
    }
    if failed.count > Self.mostRuns {
      lines.append(Line("  … \(CountText.of(failed.count - Self.mostRuns, "older run"))", .truncated))
    }
    return lines
  }

  private func line(_ run: RunRecord, _ outcome: Outcome?, _ name: String) -> Line {
    let isHere = run.key == flakes.selectedRun?.key
    var line = Line([Span(isHere ? "▸ " : "  ", Style(.mark, on: .background, .bold))])
    if let outcome { line.append("\(outcome.glyph) \(outcome.letter) ", outcome.role, .bold) }
    line.append(name + "  ")
    line.append((run.startedAt?.minuteText ?? "no time         ") + "  ", .dim)
    line.append(Sanitizer.line(String(run.commit?.prefix(7) ?? "-      "), limit: 7) + " ", .count)
    line.append(Sanitizer.line(run.commitTitle ?? "", limit: 200), .dim)
    if isPlural { line.append("  " + Sanitizer.line(run.stream.words, limit: 80), .info) }
    line.isTable = true
    return line
  }

  private func head(of run: RunRecord) -> Line {
    let attempt = run.identity.attempt > 1 ? " attempt \(run.identity.attempt)" : ""
    return Line("run \(Sanitizer.line(run.identity.id, limit: 60))\(attempt)", .title, .bold)
  }

  /// When and at what commit the run was.
  private func place(of run: RunRecord) -> Line {
    let title = run.commitTitle.map { "“\(Sanitizer.line($0, limit: 120))”" }
    let parts = [
      run.startedAt?.minuteText, stream(of: run).map { Sanitizer.line($0, limit: 80) },
      run.commit.map { Sanitizer.line(String($0.prefix(7)), limit: 20) }, title,
    ]
    var line = Line("  " + parts.compactMap(\.self).joined(separator: "  "), .dim)
    if !run.isComplete { line.append("  INCOMPLETE", .warning) }
    return line
  }

  /// Whether the runs are of several streams, so that each has to say which it is of.
  private var isPlural: Bool { (flakes.list?.total.streams ?? 0) > 1 }

  private func stream(of run: RunRecord) -> String? { isPlural ? run.stream.words : run.branch }

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
