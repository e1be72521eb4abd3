internal import SafeText
internal import TriageActions
internal import TriageModel
package import TriageServices

/// What a search for the cause of a flake would do, and what it found.
package struct CauseReport {
  private let plan: CausePlan

  /// The report of a plan.
  package init(_ plan: CausePlan) { self.plan = plan }

  // MARK: - The plan

  /// Writes the conditions that are tried and what they cost, a line each.
  package func writePlan(to sink: OutputSink) {
    for line in planLines { sink.appendLine(line) }
  }

  /// The conditions that are tried and what they cost, a line each.
  package var planLines: [String] {
    let time = plan.cost.seconds.flatMap(DurationText.of).map { ", about \($0) one after the other" } ?? ""
    var lines = ["at most \(CountText.of(plan.cost.runs, "run")) of \(shown(plan.request.test.id))\(time):"]
    for group in groups {
      let seconds = group.seconds.flatMap(DurationText.of).map { ", \($0) a run" } ?? ""
      let tests = group.tests > 1 ? ", \(CountText.of(group.tests, "test")) a process" : ""
      lines.append("  " + group.text + tests + seconds)
    }
    lines += plan.missing.map { "  not: \($0.kind.word), since \(shown($0.why))" }
    lines.append("named is what chance alone would name in \(ShareText.of(plan.error)) of such searches at most")
    return lines
  }

  /// Conditions of a kind in one line.
  private var groups: [(text: String, tests: Int, seconds: Double?)] {
    var groups: [(kind: RerunCondition.Kind, rows: [CauseCost.Row])] = []
    for row in plan.cost.rows {
      if let last = groups.indices.last, groups[last].kind == row.condition.kind {
        groups[last].rows.append(row)
      } else {
        groups.append((row.condition.kind, [row]))
      }
    }
    return groups.map { group in
      let known = group.rows.compactMap(\.seconds)
      let mean = known.count == group.rows.count ? known.reduce(0, +) / Double(known.count) : nil
      let values = group.rows.compactMap(\.condition.value)
      let some = values.count > 4 ? "\(values[0]) … \(values[values.count - 1])" : values.joined(separator: ", ")
      let text = values.count > 1 ? "\(group.kind.word) \(some)" : group.rows[0].condition.text
      return (text, group.rows.map(\.tests).max() ?? 1, mean)
    }
  }

  private func shown(_ text: String) -> String { Sanitizer.line(text, limit: 500) }

  // MARK: - What was found

  /// Writes the one sentence, and below it what was seen under each condition.
  package func write(_ snapshot: CauseSnapshot, style: TextStyle, to sink: OutputSink) {
    let cause = snapshot.cause
    let tone: TextStyle.Tone = cause.finding.isCause ? .bad : .uneasy
    sink.appendLine(style.paint(Sanitizer.line(plan.request.test.id, limit: 1000), .aside))
    sink.appendLine("  " + style.paint(Sanitizer.line(cause.sentence, limit: 4000), tone))
    for row in rows(snapshot) where !sink.isClosed {
      sink.appendLine("    fails \(row.count.text) " + Sanitizer.line(row.text, limit: 300))
    }
    sink.appendLine(style.paint(ending(snapshot), .aside))
    for warning in snapshot.warnings { sink.appendLine(style.paint(Sanitizer.line(warning, limit: 500), .aside)) }
    if let folder = snapshot.folder {
      sink.appendLine(style.paint("what the runs left: \(Sanitizer.line(folder, limit: 1000))", .aside))
    }
  }

  /// What was seen, a row a condition; the sets of tests that were halved are one, and seeds that were tried once.
  private func rows(_ snapshot: CauseSnapshot) -> [(text: String, count: TrialCount)] {
    var rows: [(text: String, count: TrialCount)] = []
    var halved = TrialCount()
    var single = TrialCount()
    let kinds = RerunCondition.Kind.allCases
    for row in kinds.flatMap({ kind in snapshot.rows.filter { $0.condition.kind == kind } }) {
      switch row.condition.kind {
      case .after: halved = halved + row.count
      case .hashSeed where row.count.total == 1: single = single + row.count
      case .asInRun, .alone, .order, .hashSeed, .timeZone, .clock, .oneProcessor, .busyProcessors, .noNetwork:
        rows.append((row.condition.text, row.count))
      }
    }
    if single.total > 0 { rows.append(("with other hash seeds, each tried once", single)) }
    if halved.total > 0 { rows.append(("after some of the tests before it, to find which", halved)) }
    return rows
  }

  private func ending(_ snapshot: CauseSnapshot) -> String {
    if case .failed(let why) = snapshot.state { return shown(why) }
    let time = DurationText.of(snapshot.elapsed).map { " in \($0)" } ?? ""
    let unusable =
      snapshot.cause.unusable > 0 ? ", \(CountText.of(snapshot.cause.unusable, "run")) of them told nothing" : ""
    let head = snapshot.state == .cancelled ? "cancelled: what was known by then; " : ""
    return head + "\(CountText.of(snapshot.cause.runs, "run"))\(time)\(unusable)"
  }

  // MARK: - JSON

  /// Writes the plan as the documented object, version 1.
  package func writePlanJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.bool("dry_run", true)
      writePlan(&json)
    }
  }

  private func writePlan(_ json: inout JSONStream) {
    json.string("test", plan.request.test.id)
    json.number("budget", plan.cost.runs)
    json.decimal("error", plan.error)
    json.seconds("expected_seconds", plan.cost.seconds)
    json.array("plan") { json in
      for row in plan.cost.rows {
        json.object(onNewLine: true) { json in
          write(row.condition, &json)
          json.number("tests", row.tests)
          json.seconds("seconds", row.seconds)
        }
      }
    }
    json.array("missing") { json in
      for missing in plan.missing {
        json.object(onNewLine: true) { json in
          json.string("kind", missing.kind.word)
          json.string("why", missing.why)
        }
      }
    }
    json.bool("knows_order", plan.request.knowsOrder)
  }

  private func write(_ condition: RerunCondition, _ json: inout JSONStream) {
    json.string("kind", condition.kind.word)
    json.string("value", condition.value)
  }

  /// Writes what was found as the documented object, version 1.
  package func writeJSON(_ snapshot: CauseSnapshot, to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.bool("dry_run", false)
      json.string("state", snapshot.state.word)
      json.object("cause") { write(snapshot.cause, &$0) }
      json.number("runs", snapshot.cause.runs)
      json.number("unusable", snapshot.cause.unusable)
      json.array("conditions") { json in
        for row in snapshot.rows {
          json.object(onNewLine: true) { json in
            write(row.condition, &json)
            json.number("before", row.before)
            write(row.count, &json)
          }
        }
      }
      writePlan(&json)
      json.strings("warnings", plan.alone.warnings + snapshot.warnings)
      json.seconds("seconds", snapshot.elapsed)
      json.string("folder", snapshot.folder)
    }
  }

  private func write(_ count: TrialCount, _ json: inout JSONStream) {
    json.number("failures", count.failures)
    json.number("failures_otherwise", count.otherwise)
    json.number("total", count.total)
  }

  private func write(_ cause: FlakeCause, _ json: inout JSONStream) {
    json.string("finding", cause.finding.word)
    json.bool("is_cause", cause.finding.isCause)
    json.string("sentence", cause.sentence)
    json.strings("tests", cause.finding.tests)
    json.strings("cleaners", cause.finding.cleaners)
    json.string("value", cause.finding.value)
    json.object("with") { write(cause.with, &$0) }
    json.object("without") { write(cause.without, &$0) }
    json.decimal("chance", cause.chance)
  }
}

extension FlakeCause.Finding {
  /// The tests that it hangs on, or may hang on.
  fileprivate var tests: [String] {
    switch self {
    case .polluters(let tests, _), .stateSetters(let tests), .order(_, let tests): tests
    case .condition, .hashSeed, .alwaysFails, .neverFails, .notTold, .nothingKnown: []
    }
  }

  fileprivate var cleaners: [String] {
    if case .polluters(_, let cleaners) = self { cleaners } else { [] }
  }

  /// The seed, the zone, the time that makes it fail; nil where there is none.
  fileprivate var value: String? {
    switch self {
    case .condition(let condition), .order(let condition, _): condition.value
    case .hashSeed(let failing, _): String(failing)
    case .polluters, .stateSetters, .alwaysFails, .neverFails, .notTold, .nothingKnown: nil
    }
  }
}
