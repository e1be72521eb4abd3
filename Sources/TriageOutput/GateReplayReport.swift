internal import SafeText
internal import TriageModel
package import TriageServices

/// The answer of `gate --replay`: what a policy would have done.
package struct GateReplayReport {
  private let replay: GateReplay

  /// A report.
  package init(_ replay: GateReplay) { self.replay = replay }

  /// Writes it for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    let runs = "\(CountText.of(replay.runs, "run")), \(CountText.of(replay.failingRuns)) with failures"
    sink.appendLine("in the \(CountText.of(replay.days, "day")) up to the newest run (\(runs)) this policy")
    sink.appendLine(
      "  would have stopped \(CountText.of(replay.stopped, "run")), and paged in \(CountText.of(replay.paged))")
    for ruling in GateLine.Ruling.allCases {
      guard let count = replay.counts[ruling] else { continue }
      sink.appendLine("  \(CountText.of(count, "failure")) \(ruling.rawValue)")
    }
    if replay.misses.isEmpty {
      sink.appendLine(style.paint("  let through nothing that turned out to be broken", .good))
    }
    for miss in replay.misses where !sink.isClosed {
      let words =
        "\(CountText.of(miss.failures, "failure")) let through (\(miss.ruling.rawValue)), broken since \(miss.since)"
      sink.appendLine(
        style.paint("  missed", .bad) + " " + Sanitizer.line(miss.test, limit: 1000) + ": " + Sanitizer.line(words))
    }
    for remark in replay.remarks { sink.appendLine(style.paint(remark, .aside)) }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.number("days", replay.days)
      json.number("runs", replay.runs)
      json.number("failing_runs", replay.failingRuns)
      json.number("stopped", replay.stopped)
      json.number("paged", replay.paged)
      json.object("counts") { json in
        for ruling in GateLine.Ruling.allCases { json.number(ruling.word, replay.counts[ruling] ?? 0) }
      }
      json.array("missed") { json in
        for miss in replay.misses {
          json.object(onNewLine: true) { json in
            json.string("test", miss.test)
            json.string("since", miss.since)
            json.number("failures", miss.failures)
            json.string("ruling", miss.ruling.word)
          }
        }
      }
      json.strings("remarks", replay.remarks)
    }
  }
}
