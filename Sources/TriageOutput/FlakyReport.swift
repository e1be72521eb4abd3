internal import SafeText
package import TriageModel

/// The answer of `flaky`: the tests that flake, the costliest first.
package struct FlakyReport {
  static func write(_ row: FlakeTable.Row, to json: inout JSONStream) {
    let (verdict, figures) = (row.flake.verdict, row.flake.statistics)
    json.string("test", row.flake.test)
    json.object("verdict") { $0.members(of: verdict) }
    json.object("rate") { json in
      let rate = row.flake.shownRate
      json.number("count", rate.count)
      json.number("of", rate.of)
      json.decimal("low", rate.low)
      json.decimal("high", rate.high)
    }
    json.number("failures", figures.failures)
    json.number("passed_on_retry", figures.passedOnRetry)
    json.decimal("minutes", figures.minutes)
    json.decimal("cost", figures.cost)
    if let trend = figures.trend { json.object("trend") { $0.members(of: trend) } } else { json.string("trend", nil) }
    json.string("last_seen", row.lastSeen?.identity.id)
    json.string("owner", row.flake.owner)
  }

  private static func lines(_ row: FlakeTable.Row, _ style: TextStyle) -> [String] {
    let (verdict, figures, rate) = (row.flake.verdict, row.flake.statistics, row.flake.shownRate)
    let facts = [
      verdict.label == .flaky ? nil : verdict.label.rawValue, "\(rate.count) of \(rate.of) runs",
      figures.trend.map(Self.words), "\(figures.failures) failed", "\(figures.passedOnRetry) passed on retry",
      "costs \(Int(min(figures.cost, 1e9).rounded())) min",
      row.lastSeen.map { "last in run \(Sanitizer.line($0.identity.id, limit: 60))" },
      row.flake.owner.map { Sanitizer.line($0, limit: 60) },
    ]
    return [style.paint(style.fit(Sanitizer.line(row.flake.test), after: 0), .title)]
      + ["  " + style.fit(facts.compactMap { $0 }.joined(separator: style.separator), after: 2)]
      + verdict.why.map { "  " + style.paint(style.fit(Sanitizer.line($0), after: 2), .aside) }
  }

  private static func words(_ trend: RateTrend) -> String {
    let halves = "\(trend.before.count) of \(trend.before.of), then \(trend.after.count) of \(trend.after.of)"
    return trend.direction == .steady ? "steady" : "\(trend.direction.rawValue): \(halves)"
  }

  private let rows: [FlakeTable.Row]
  private let total: Int
  private let runs: Int
  private let isAll: Bool

  /// A report over so many runs; `total` are the tests, listed or not, and `isAll` those that only failed as well.
  package init(_ rows: [FlakeTable.Row], total: Int, runs: Int, isAll: Bool = false) {
    self.rows = rows
    self.total = total
    self.runs = runs
    self.isAll = isAll
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    let kind = isAll ? "unsteady test" : "flaky test"
    let what = total == 0 ? "no \(kind)s" : CountText.of(total, kind)
    sink.appendLine("\(what) in \(CountText.of(runs, "run"))")
    for row in rows {
      if sink.isClosed { return }
      sink.appendLine()
      for line in Self.lines(row, style) { sink.appendLine(line) }
    }
    let rest = total - rows.count
    if rest > 0 { sink.appendLine(style.paint("and \(CountText.of(rest)) more", .aside)) }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.number("runs", runs)
      json.number("total", total)
      json.array("tests") { json in
        for row in rows { json.object(onNewLine: true) { Self.write(row, to: &$0) } }
      }
    }
  }
}

extension JSONStream {
  /// Writes the members of a verdict.
  mutating func members(of verdict: Verdict) {
    string("label", verdict.label.word)
    string("stream", verdict.stream.map { Sanitizer.line($0) })
    strings("why", verdict.why.map { Sanitizer.line($0) })
    strings("flips", verdict.flips.map { Sanitizer.line($0) })
  }

  /// Writes the members of a trend.
  fileprivate mutating func members(of trend: RateTrend) {
    string("direction", trend.direction.rawValue)
    for (name, rate) in [("before", trend.before), ("after", trend.after)] {
      object(name) { json in
        json.number("count", rate.count)
        json.number("of", rate.of)
      }
    }
    decimal("p", trend.p)
  }
}
