package import TriageModel

/// The answer of `goldens --json`, version 1. The shape is documented in the manual; fields may be added, these stay.
package enum GoldenListJSON {
  /// Writes golden changes of runs.
  package static func write(_ runs: [(run: RunInfo, changes: [GoldenChange])], to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("goldens") { json in
        for (run, changes) in runs {
          for change in changes where !sink.isClosed {
            json.object(onNewLine: true) { write(change, of: run, to: &$0) }
          }
        }
      }
    }
  }

  private static func write(_ change: GoldenChange, of run: RunInfo, to json: inout JSONStream) {
    json.string("id", change.id)
    json.string("run", run.identity.id)
    json.string("commit", run.commit)
    json.string("test", change.test.isEmpty ? nil : change.test)
    json.string("golden", change.place.path)
    json.string("entry", change.place.entry)
    json.string("actual", change.actualPath)
    json.string("convention", change.convention)
    json.string("kind", change.kind.isEmpty ? nil : change.kind)
    json.string("recovery", change.recovery.word)
    json.string("state", change.state.word)
    json.drift(change.drift)
    if let summary = change.summary {
      json.object("summary") { $0.summary(summary) }
    } else {
      json.string("summary", nil)
    }
    json.string("golden_sha256", change.expectedHash?.hex)
    json.string("actual_sha256", change.actualHash?.hex)
    json.string("current_sha256", change.currentHash?.hex)
    json.strings("secrets", change.secrets)
    json.strings("warnings", change.warnings)
  }
}
