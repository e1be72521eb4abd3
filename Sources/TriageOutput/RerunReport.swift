internal import SafeText
package import TriageActions
package import TriageModel

/// What a rerun would run, and what came of it.
package struct RerunReport {
  private let plan: RerunPlan
  /// Lines of outputs that are shown of a test.
  private static let shownLines = 6

  /// The report of a plan.
  package init(_ plan: RerunPlan) { self.plan = plan }

  /// Writes what would be run: the exact commands.
  package func writePlan(to sink: OutputSink) {
    sink.appendLine(headline)
    for invocation in plan.invocations where !sink.isClosed {
      let folder = invocation.folder.isEmpty ? "" : " (in \(Sanitizer.line(invocation.folder, limit: 500)))"
      sink.appendLine("  " + words(invocation) + folder)
      for (name, value) in invocation.environment(attempt: 1, report: "REPORT").sorted(by: { $0.key < $1.key }) {
        sink.appendLine("    with \(Sanitizer.line(name))=\(Sanitizer.line(value, limit: 200))")
      }
    }
  }

  private var headline: String {
    plan.headline + (plan.seconds.flatMap(DurationText.of).map { ", \($0) at most by what they took" } ?? "")
  }

  /// A command as people can paste it: what a shell would read otherwise stands in quotes.
  private func words(_ invocation: RerunInvocation) -> String {
    invocation.shownArguments.map { Sanitizer.line(RerunCommand.quoted($0), limit: 4000) }.joined(separator: " ")
  }

  /// Writes what came of it, a test a line: those that fail first.
  package func write(_ snapshot: RerunSnapshot, style: TextStyle, to sink: OutputSink) {
    for row in sorted(snapshot.rows) where !sink.isClosed {
      let mark = mark(row)
      let words = row.sentence.isEmpty ? "no attempt ended" : row.sentence
      sink.appendLine(style.paint(mark.letter, mark.tone) + " " + Sanitizer.line(row.id, limit: 1000))
      sink.appendLine("    " + Sanitizer.line(words, limit: 600))
      for line in row.ownLines.prefix(Self.shownLines) {
        sink.appendLine("    " + style.paint(line.words + ":", .aside) + " " + Sanitizer.line(line.text, limit: 300))
      }
    }
    let state =
      switch snapshot.state {
      case .cancelled: "cancelled: what ended until then"
      case .failed(let why): Sanitizer.line(why, limit: 500)
      case .running, .finished:
        (snapshot.ended == 1 ? "1 process" : "\(CountText.of(snapshot.ended)) processes")
          + (DurationText.of(snapshot.elapsed).map { " in \($0)" } ?? "")
      }
    sink.appendLine(style.paint(state, .aside))
    for warning in snapshot.warnings where !plan.warnings.contains(warning) {
      sink.appendLine(style.paint(Sanitizer.line(warning, limit: 500), .aside))
    }
    if let folder = snapshot.folder, snapshot.failing + snapshot.untold > 0 {
      sink.appendLine(style.paint("what the attempts left: \(Sanitizer.line(folder, limit: 1000))", .aside))
    }
  }

  private func sorted(_ rows: [RerunSnapshot.Row]) -> [RerunSnapshot.Row] {
    func rank(_ row: RerunSnapshot.Row) -> Int { row.counts.failed > 0 ? 0 : row.counts.told == 0 ? 1 : 2 }
    return rows.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  private func mark(_ row: RerunSnapshot.Row) -> (letter: String, tone: TextStyle.Tone) {
    switch (row.counts.passed, row.counts.failed) {
    case (0, 0): ("?", .uneasy)
    case (_, 0): (".", .good)
    case (0, _): ("F", .bad)
    default: ("~", .uneasy)
    }
  }

  /// Writes the plan as the documented object, version 1.
  package func writePlanJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.bool("dry_run", true)
      writePlan(&json)
    }
  }

  private func writePlan(_ json: inout JSONStream) {
    json.number("most", plan.order.count.most)
    json.number("jobs", plan.order.jobs)
    json.array("commands") { json in
      for invocation in plan.invocations {
        json.object(onNewLine: true) { json in
          json.strings("arguments", invocation.shownArguments)
          json.string("folder", invocation.folder)
          json.strings("tests", invocation.targets.map(\.test.id))
        }
      }
    }
    json.array("refused") { json in
      for (test, why) in plan.refused {
        json.object(onNewLine: true) { json in
          json.string("test", test.id)
          json.string("why", why)
        }
      }
    }
    json.strings("warnings", plan.warnings)
  }

  /// Writes what came of it as the documented object, version 1.
  package func writeJSON(_ snapshot: RerunSnapshot, to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.bool("dry_run", false)
      json.string("id", snapshot.id)
      json.string("state", snapshot.state.word)
      json.number("processes", snapshot.ended)
      json.seconds("seconds", snapshot.elapsed)
      json.string("folder", snapshot.folder)
      json.array("tests") { json in
        for row in snapshot.rows { json.object(onNewLine: true) { write(row, &$0) } }
      }
      writePlan(&json)
    }
  }

  private func write(_ row: RerunSnapshot.Row, _ json: inout JSONStream) {
    json.string("test", row.id)
    json.number("passed", row.counts.passed)
    json.number("failed", row.counts.failed)
    json.number("failed_otherwise", row.counts.otherwise)
    json.number("unusable", row.counts.unusable.values.reduce(0, +))
    json.string("sentence", row.sentence)
    json.strings("outcomes", row.counts.outcomes.map(\.word))
    json.array("own_lines") { json in
      for line in row.ownLines {
        json.object(onNewLine: true) { json in
          json.string("of", line.isOfFailing ? "failing" : "passing")
          json.number("attempts", line.attempts)
          json.string("line", line.text)
        }
      }
    }
    json.strings("reasons", row.counts.unusable.keys.sorted())
  }
}

extension RerunSnapshot.State {
  /// The word of machines for how it stands.
  var word: String {
    switch self {
    case .running: "running"
    case .finished: "finished"
    case .cancelled: "cancelled"
    case .failed: "failed"
    }
  }
}
