internal import SafeText
package import TriageActions
internal import TriageModel

/// The answer of `approve` and `reject`: what was done, or would be.
package struct DecisionReport {
  private let preview: DecisionPreview
  private let steps: [Step]
  private let outcome: DecisionOutcome?
  private let run: String
  private let commit: String?

  /// A report; without an outcome it is that of a dry run.
  package init(_ preview: DecisionPreview, _ plan: Plan, _ outcome: DecisionOutcome?, run: String, commit: String?) {
    self.preview = preview
    steps = plan.shown
    self.outcome = outcome
    self.run = run
    self.commit = commit
  }

  private var held: [HeldBack] { outcome?.held ?? preview.held }

  private func includes(_ held: HeldBack) -> Bool { preview.request.action.includes.contains(held.obstacle) }

  /// What was left out, a line each: `could not approve a.csv: …`.
  package var refusals: [String] {
    held.map { held in
      let way = includes(held) ? " (--include \(held.obstacle.rawValue))" : ""
      return "could not \(preview.request.action.id) \(held.location): \(held.reason)\(way)"
    }
  }

  /// Writes the report for people: a line a step.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    guard let outcome else {
      for step in steps { sink.appendLine("would " + Sanitizer.line(step.words)) }
      if steps.isEmpty { sink.appendLine(style.paint("nothing would be done", .aside)) }
      return
    }
    let done = preview.request.action.past
    for place in outcome.done { sink.appendLine(style.paint(done, .good) + " " + Sanitizer.line(place.description)) }
    if let entry = outcome.entry {
      sink.appendLine(style.paint("entry \(entry) of the journal; assay undo \(entry) takes it back", .aside))
    }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("decision", preview.request.action.id)
      json.bool("dry_run", outcome == nil)
      json.string("run", run)
      json.string("commit", commit)
      json.string("reason", preview.request.reason.isEmpty ? nil : preview.request.reason)
      json.string("ticket", preview.request.ticket)
      json.array("steps") { json in
        for step in steps { Self.write(step, to: &json) }
      }
      json.strings("done", (outcome?.done ?? []).map(\.description))
      json.array("held") { json in
        for held in held {
          json.object(onNewLine: true) { json in
            json.string("golden", held.location.description)
            json.string("obstacle", held.obstacle.rawValue)
            json.string("reason", held.reason)
            json.bool("yields", includes(held))
          }
        }
      }
      json.strings("files", preview.files)
      json.strings("warnings", outcome?.warnings ?? preview.warnings)
      json.number("journal_entry", outcome?.entry)
      json.string("refusal", preview.refusal)
      json.string("failure", outcome?.failure)
    }
  }

  private static func write(_ step: Step, to json: inout JSONStream) {
    json.object(onNewLine: true) { json in
      switch step {
      case .write(let write):
        let new = write.bytes.map { ContentHash(of: $0) }
        json.string("step", Self.verb(write.expected, new))
        json.string("file", write.path)
        json.string("old_sha256", write.expected?.hex)
        json.string("new_sha256", new?.hex)
      case .append(let line):
        let isApproval = line.decision == .approve
        json.string("step", isApproval ? Self.verb(line.old, line.new) : "refuse")
        json.string("golden", line.location.description)
        if isApproval { json.string("golden_sha256", line.old?.hex) }
        if !isApproval || line.new != nil { json.string("actual_sha256", line.new?.hex) }
      case .keep(let note):
        json.string("step", "keep")
        json.string("test", note.test)
      case .runThere(let choice):
        json.string("step", "run-there")
        json.strings("jobs", choice.jobs.map(\.name))
      case .run:
        json.string("step", "run")
        json.strings("commands", step.patch)
      }
    }
  }

  private static func verb(_ old: ContentHash?, _ new: ContentHash?) -> String {
    new == nil ? "remove" : old == nil ? "make" : "replace"
  }
}
