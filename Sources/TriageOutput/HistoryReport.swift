internal import SafeText
package import TriageModel

/// The answers of `history` and `runs`: a test's results, or the runs themselves, newest first.
package struct HistoryReport {
  private let runs: [RunRecord]
  private let series: TestSeries?
  private let verdict: Verdict?
  private let owner: String?
  private let limit: Int

  /// A report of runs, newest first; at most `limit` are listed.
  package init(runs: [RunRecord], limit: Int? = nil) {
    self.runs = runs
    self.limit = limit ?? .max
    series = nil
    verdict = nil
    owner = nil
  }

  /// A report of one test's results in some runs, with the verdict on the newest; at most `limit` are listed.
  package init(_ series: TestSeries, runs: [RunRecord], verdict: Verdict?, owner: String? = nil, limit: Int? = nil) {
    self.runs = runs
    self.series = series
    self.verdict = verdict
    self.owner = owner
    self.limit = limit ?? .max
  }

  private var rows: [(run: RunRecord, result: ResultRecord?)] {
    guard let series else { return runs.map { ($0, nil) } }
    let known = Dictionary(runs.map { ($0.key, $0) }) { first, _ in first }
    return series.results.reversed().compactMap { result in known[result.run].map { ($0, result) } }
  }

  /// Writes the report for people: a line a run.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    if let series {
      let name = style.paint(Sanitizer.line(series.test), .title)
      sink.appendLine(name + (owner.map { style.separator + Sanitizer.line($0, limit: 60) } ?? ""))
    }
    if let verdict {
      sink.appendLine(style.paint(words(verdict), .title))
      for why in verdict.why { sink.appendLine("  why    " + Sanitizer.line(why)) }
      for flip in verdict.flips { sink.appendLine("  flips  " + Sanitizer.line(flip)) }
    }
    let rows = rows
    if series == nil, rows.isEmpty { sink.appendLine("no runs") }
    for (run, result) in rows.prefix(limit) {
      if sink.isClosed { return }
      let name = Sanitizer.line(run.identity.id, limit: 60)
      let commit = run.commit.map { Sanitizer.line(String($0.prefix(7))) } ?? "-"
      let parts = [
        result.map(words) ?? counts(run), run.startedAt?.minuteText ?? "no time", name.filled(to: 12),
        commit.filled(to: 7), run.branch.map { Sanitizer.line($0) } ?? "-",
        run.commitTitle.map { Sanitizer.line($0) } ?? "",
      ]
      let tone = result.map(\.outcome.tone) ?? (run.failing > 0 ? .bad : run.isGreen ? .good : .uneasy)
      sink.appendLine(style.paint(parts[0].filled(to: 26), tone) + "  " + parts[1...].joined(separator: "  "))
    }
    if rows.count > limit { sink.appendLine(style.paint("and \(CountText.of(rows.count - limit)) more", .aside)) }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      if let series {
        json.string("test", series.test)
        json.string("owner", owner)
      }
      if let verdict {
        json.object("verdict") { json in
          json.members(of: verdict)
          json.string("since", run(verdict.range?.firstFailure)?.identity.id)
          json.string("last_pass", run(verdict.range?.lastPass)?.identity.id)
          json.string("fixed_in", run(verdict.fixedIn)?.identity.id)
        }
      }
      let rows = rows
      json.number("total", rows.count)
      json.array(series == nil ? "runs" : "results") { json in
        for (run, result) in rows.prefix(limit) { json.object(onNewLine: true) { write(run, result, to: &$0) } }
      }
    }
  }

  private func run(_ key: RunKey?) -> RunRecord? { runs.first { $0.key == key } }

  /// `broken since run 4116 (194bf4a Clip the logit before the sigmoid)`.
  private func words(_ verdict: Verdict) -> String {
    let turn =
      verdict.label == .fixed
      ? run(verdict.fixedIn).map { ("in", $0) } : run(verdict.range?.firstFailure).map { ("since", $0) }
    let stream = verdict.stream.map { " on \($0)" } ?? ""
    guard let (word, run) = turn, verdict.label != .unknown else {
      return Sanitizer.line(verdict.label.rawValue + stream, limit: 300)
    }
    let name =
      "\(verdict.label.rawValue) \(word) run \(run.identity.id)"
      + (run.commitWords.isEmpty ? "" : " (\(run.commitWords))") + stream
    return Sanitizer.line(name, limit: 300)
  }

  private func write(_ run: RunRecord, _ result: ResultRecord?, to json: inout JSONStream) {
    json.string("source", run.identity.source)
    json.string("run", run.identity.id)
    json.number("attempt", run.identity.attempt)
    json.string("commit", run.commit)
    json.string("commit_title", run.commitTitle)
    json.string("branch", run.branch)
    json.string("started", run.startedAt?.description)
    json.strings("labels", run.labels)
    json.bool("complete", run.isComplete)
    json.number("missing_tests", run.missing)
    guard let result else {
      json.object("counts") { json in
        for outcome in Outcome.allCases { json.number(outcome.name, run.counts[outcome]) }
      }
      return
    }
    json.string("outcome", result.outcome.name)
    json.strings("attempts", result.attempts.map(\.name))
    json.decimal("seconds", result.duration)
    json.string("leg", result.leg.isEmpty ? nil : result.leg)
    json.string("signature", result.signature?.text)
  }

  private func words(_ result: ResultRecord) -> String {
    let letters = result.attempts.count > 1 ? " " + String(result.attempts.map(\.letter)) : ""
    let seconds = result.duration.flatMap { DurationText.of($0) }.map { " " + $0 } ?? ""
    let leg = result.leg.isEmpty ? "" : " [" + Sanitizer.line(result.leg) + "]"
    return result.outcome.words + letters + seconds + leg
  }

  /// `7 failing of 29`; of a run that is not whole, no figure that reads as an all-clear.
  private func counts(_ run: RunRecord) -> String {
    let failing = run.failing
    let missing = run.missing > 0 ? ", \(CountText.of(run.missing)) did not run" : ""
    if !run.isComplete { return (failing > 0 ? "\(CountText.of(failing)) failing, " : "") + "INCOMPLETE" + missing }
    if run.resultCount == 0 { return "no tests" + missing }
    return "\(CountText.of(failing)) failing of \(CountText.of(run.resultCount))" + missing
  }
}
