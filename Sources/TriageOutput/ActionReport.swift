internal import SafeText
internal import TriageActions
internal import TriageModel
package import TriageServices

/// The answer of an action on failures: what was done, or would be.
package struct ActionReport {
  private let planned: PlannedAction
  private let entry: Int?
  private let hindsight: MuteHindsight?

  /// A report; without an entry of the journal it is that of a dry run.
  package init(_ planned: PlannedAction, entry: Int?, hindsight: MuteHindsight?) {
    self.planned = planned
    self.entry = entry
    self.hindsight = hindsight
  }

  /// What each step is, a line each: the lines of files that go and come.
  private var lines: [String] {
    planned.plan.steps.flatMap { step -> [String] in
      if case .write(let write) = step, !write.patch.isEmpty { return [write.path] + write.patch.map { "  " + $0 } }
      return [step.words]
    }
  }

  /// Writes the report for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    if let hindsight { sink.appendLine(style.paint("before", .aside) + " " + Sanitizer.line(hindsight.words)) }
    guard let entry else {
      sink.appendLine("would " + (planned.plan.headline.isEmpty ? "change:" : "be: " + planned.plan.headline))
      for line in lines { sink.appendLine("  " + Sanitizer.line(line, limit: .max)) }
      return
    }
    sink.appendLine(style.paint("done", .good) + " " + Sanitizer.line(planned.plan.title, limit: .max))
    sink.appendLine(style.paint("entry \(entry) of the journal; assay undo \(entry) takes it back", .aside))
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("action", planned.description.id)
      json.bool("dry_run", entry == nil)
      json.string("title", planned.plan.title)
      json.array("steps") { json in
        for step in planned.plan.steps {
          json.object(onNewLine: true) { json in
            switch step {
            case .write(let write):
              json.string("step", "write")
              json.string("file", write.path)
              json.strings("patch", write.patch)
            case .keep(let note):
              json.string("step", "keep")
              json.string("kind", note.kind.word)
              json.string("test", note.test)
              json.string("signature", note.signature?.text)
              json.string("text", note.text.isEmpty ? nil : note.text)
              json.string("ticket", note.ticket)
            case .run(let plan):
              json.string("step", "run")
              json.strings("commands", step.patch)
              json.number("most", plan.order.count.most)
            case .runThere(let choice):
              json.string("step", "run-there")
              json.strings("jobs", choice.jobs.map(\.name))
            case .append(let line):
              json.string("step", "append")
              json.string("golden", line.location.description)
            }
          }
        }
      }
      if let hindsight {
        json.object("hindsight") { json in
          json.number("days", hindsight.days)
          json.number("runs", hindsight.runs)
          json.number("hidden_failures", hindsight.failures)
          json.array("breakages") { json in
            for breakage in hindsight.breakages {
              json.object { json in
                json.string("test", breakage.test)
                json.string("since", breakage.since)
                json.number("failures", breakage.failures)
              }
            }
          }
          json.string("words", hindsight.words)
        }
      }
      json.strings("warnings", planned.plan.warnings)
      json.number("journal_entry", entry)
    }
  }
}
