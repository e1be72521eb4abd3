internal import SafeText
package import TriageModel

/// The answer of `flaky`: the tests that flake, the costliest first.
package struct FlakyReport {
  /// A flaky test.
  package struct Item: Sendable {
    private let test: String
    private let verdict: Verdict
    private let failures: Int
    private let passedOnRetry: Int
    private let minutes: Double
    private let cost: Double
    private let trend: RateTrend?
    private let lastSeen: RunRecord?
    private let owner: String?

    /// A test with its verdict, its failures and what they cost in minutes.
    package init(
      test: String, verdict: Verdict, failures: Int, passedOnRetry: Int, minutes: Double, cost: Double,
      trend: RateTrend?, lastSeen: RunRecord?, owner: String?
    ) {
      self.test = test
      self.verdict = verdict
      self.failures = failures
      self.passedOnRetry = passedOnRetry
      self.minutes = minutes
      self.cost = cost
      self.trend = trend
      self.lastSeen = lastSeen
      self.owner = owner
    }

    fileprivate func write(to json: inout JSONStream) {
      json.string("test", test)
      json.object("verdict") { $0.members(of: verdict) }
      json.object("rate") { json in
        json.number("count", verdict.rate?.count)
        json.number("of", verdict.rate?.of)
        json.decimal("low", verdict.rate?.low)
        json.decimal("high", verdict.rate?.high)
      }
      json.number("failures", failures)
      json.number("passed_on_retry", passedOnRetry)
      json.decimal("minutes", minutes)
      json.decimal("cost", cost)
      if let trend { json.object("trend") { $0.members(of: trend) } } else { json.string("trend", nil) }
      json.string("last_seen", lastSeen?.identity.id)
      json.string("owner", owner)
    }

    fileprivate func lines(_ style: TextStyle) -> [String] {
      let share = verdict.rate.map { "\($0.count) of \($0.of) runs" } ?? ""
      let last = lastSeen.map { "last in run \(Sanitizer.line($0.identity.id, limit: 60))" }
      let facts = [
        share, trend.map(Self.words), "\(failures) failed", "\(passedOnRetry) passed on retry",
        "costs \(Int(min(cost, 1e9).rounded())) min",
        last,
        owner.map { Sanitizer.line($0, limit: 60) },
      ]
      return [style.paint(style.fit(Sanitizer.line(test), after: 0), .title)]
        + ["  " + style.fit(facts.compactMap { $0 }.joined(separator: style.separator), after: 2)]
        + verdict.why.map { "  " + style.paint(style.fit(Sanitizer.line($0), after: 2), .aside) }
    }

    private static func words(_ trend: RateTrend) -> String {
      let halves = "\(trend.before.count) of \(trend.before.of), then \(trend.after.count) of \(trend.after.of)"
      return trend.direction == .steady ? "steady" : "\(trend.direction.rawValue): \(halves)"
    }
  }

  private let items: [Item]
  private let total: Int
  private let runs: Int

  /// A report over so many runs; `total` are the flaky tests, listed or not.
  package init(_ items: [Item], total: Int, runs: Int) {
    self.items = items
    self.total = total
    self.runs = runs
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    let what = total == 0 ? "no flaky tests" : CountText.of(total, "flaky test")
    sink.appendLine("\(what) in \(CountText.of(runs, "run"))")
    for item in items {
      if sink.isClosed { return }
      sink.appendLine()
      for line in item.lines(style) { sink.appendLine(line) }
    }
    let rest = total - items.count
    if rest > 0 { sink.appendLine(style.paint("and \(CountText.of(rest)) more", .aside)) }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.number("runs", runs)
      json.number("total", total)
      json.array("tests") { json in
        for item in items { json.object(onNewLine: true) { item.write(to: &$0) } }
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
