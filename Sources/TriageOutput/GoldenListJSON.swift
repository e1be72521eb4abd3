package import TriageModel

/// The answer of `goldens --json`, version 1. The shape is documented in README.md; fields may be added, these stay.
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
    json.string("recovery", change.recovery.name)
    json.string("state", change.state.rawValue)
    write(change.drift, to: &json)
    if let summary = change.summary {
      json.object("summary") { write(summary, to: &$0) }
    } else {
      json.string("summary", nil)
    }
    json.string("golden_sha256", change.expectedHash?.hex)
    json.string("actual_sha256", change.actualHash?.hex)
    json.string("current_sha256", change.currentHash?.hex)
    json.strings("warnings", change.warnings)
  }

  /// Writes the members that say what kind of change it is; `drift_kind` is the word that filters know.
  static func write(_ drift: Drift?, to json: inout JSONStream) {
    json.string("drift", drift?.kind.title)
    json.string("drift_kind", drift?.kind.rawValue)
    json.string("drift_proof", drift?.proof)
  }

  /// Writes the members of a summary.
  static func write(_ summary: ChangeSummary, to json: inout JSONStream) {
    json.string("unit", summary.unit)
    json.number("changed", summary.changed)
    json.number("total", summary.total)
    json.number("tolerated", summary.tolerated)
    json.number("removed", summary.removed)
    json.number("added", summary.added)
    json.number("moved", summary.moved)
    write("max_absolute", summary.maxAbsolute, to: &json)
    write("max_relative", summary.maxRelative, to: &json)
    write("max_ulp", summary.maxULP, to: &json)
    json.string("first", summary.first)
    json.string("worst", summary.worst)
    json.number("nan_born", summary.nanBorn)
    json.strings("structure", summary.structure)
    json.decimal("smallest_rtol", summary.smallestRelative)
    json.decimal("smallest_atol", summary.smallestAbsolute)
  }

  private static func write(_ key: String, _ extreme: ChangeSummary.Extreme?, to json: inout JSONStream) {
    guard let extreme else { return json.string(key, nil) }
    json.object(key) { json in
      json.decimal("value", extreme.value)
      json.string("place", extreme.place)
    }
  }
}
