package import Goldens
internal import SafeText
internal import TriageModel

/// The answer of `diff --json`, version 1.
package enum DiffJSON {
  /// Writes one comparison with its first changes; `limit` is nil for all of them.
  package static func write(_ comparison: Comparison, limit: Int?, to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("kind", comparison.kind)
      json.bool("identical", comparison.isIdentical)
      json.bool("differs", comparison.differs)
      json.drift(comparison.drift)
      json.object("summary") { $0.summary(comparison.summary) }
      json.strings("remarks", comparison.remarks.map { Sanitizer.line($0) })
      changes(of: comparison, limit: limit, to: &json)
    }
  }

  private static func changes(of comparison: Comparison, limit: Int?, to json: inout JSONStream) {
    var isCut = false
    json.array("changes") { json in
      var told = 0
      DiffWalk(comparison).walk { step in
        guard case .change(let change) = step else { return true }
        if let limit, told == limit {
          isCut = true
          return false
        }
        told += 1
        json.object(onNewLine: true) { json in
          json.string("kind", DiffChange.word(change.kind))
          json.string("place", change.location)
          if let column = change.column { json.string("column", column) }
          json.string("expected", change.expected)
          json.string("actual", change.actual)
          if let unseen = change.unseen { json.string("unseen", unseen.word) }
        }
        return true
      }
    }
    json.bool("changes_cut", isCut)
  }
}

extension JSONStream {
  /// Writes the members that say what kind of change it is.
  mutating func drift(_ drift: Drift?) {
    string("drift", drift?.kind.word)
    strings("drift_others", drift?.others.map(\.word) ?? [])
    string("drift_proof", drift.map { Sanitizer.line($0.proof) })
  }

  /// Writes a summary's members; what is unknown is null.
  mutating func summary(_ summary: ChangeSummary) {
    string("unit", summary.unit)
    number("changed", summary.changed)
    number("total", summary.total)
    number("tolerated", summary.tolerated)
    number("removed", summary.removed)
    number("added", summary.added)
    number("moved", summary.moved)
    extreme("max_absolute", summary.maxAbsolute)
    extreme("max_relative", summary.maxRelative)
    extreme("max_ulp", summary.maxULP)
    string("first", summary.first.map { Sanitizer.line($0) })
    string("worst", summary.worst.map { Sanitizer.line($0) })
    number("nan_born", summary.nanBorn)
    number("regained", summary.regained)
    array("set_aside") { json in
      for aside in summary.setAside {
        json.object { json in
          json.string("rule", Sanitizer.line(aside.rule))
          json.number("count", aside.count)
        }
      }
    }
    strings("structure", summary.structure.map { Sanitizer.line($0) })
    decimal("smallest_rtol", summary.smallestRelative)
    decimal("smallest_atol", summary.smallestAbsolute)
  }

  /// An infinite value, which JSON cannot write, is null.
  private mutating func extreme(_ key: String, _ extreme: ChangeSummary.Extreme?) {
    guard let extreme else { return string(key, nil) }
    object(key) { json in
      json.decimal("value", extreme.value)
      json.string("place", Sanitizer.line(extreme.location))
    }
  }
}
