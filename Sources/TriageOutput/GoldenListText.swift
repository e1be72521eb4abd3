internal import SafeText
package import ItemQueries
package import TriageModel

/// The answer of `goldens` for people and pipes: changes in groups of one kind of drift.
package struct GoldenListText {
  private let style: TextStyle

  /// A list in a look.
  package init(style: TextStyle) {
    self.style = style
  }

  /// Writes the golden changes of a run.
  ///
  /// - Parameter hidden: How many changes the arrangement leaves out.
  package func write(
    _ run: Run, _ changes: [GoldenChange], _ arrangement: GoldenArrangement, hidden: Int, to sink: OutputSink
  ) {
    sink.appendLine(title(of: run))
    if arrangement.groups.isEmpty { sink.appendLine("  " + style.paint("no golden changes", .aside)) }
    for group in arrangement.groups where !sink.isClosed {
      sink.appendLine()
      sink.appendLine(style.paint(group.title, .title) + style.paint(" \(style.times(group.indices.count))", .aside))
      for place in group.indices where !sink.isClosed { write(changes[place], to: sink) }
    }
    if hidden > 0 {
      sink.appendLine()
      sink.appendLine(style.paint("\(CountText.of(hidden)) decided and not shown (--all)", .aside))
    }
  }

  private func title(of run: Run) -> String {
    let commit = run.info.commit.map {
      [String($0.prefix(7)), run.info.commitTitle].compactMap { $0 }.joined(separator: " ")
    }
    let rest = [run.info.branch, commit].compactMap { $0 }.map { style.separator + Sanitizer.line($0) }.joined()
    let name = Sanitizer.line(run.info.name, limit: 200)
    return style.paint(name, .title) + style.fit(rest, after: DisplayWidth.of(name))
  }

  private func write(_ change: GoldenChange, to sink: OutputSink) {
    let id = Sanitizer.line(change.id, limit: 1000)
    let facts = [change.state.rawValue, change.kind, change.recovery == .exact ? "" : change.recovery.name]
    let others = change.drift?.others.map { "with " + $0.title } ?? []
    let state = (facts.filter { !$0.isEmpty } + others).joined(separator: style.separator)
    sink.appendLine("  " + style.fit(id, after: 2))
    let secret = change.secrets.isEmpty ? "" : style.separator + "looks like a secret"
    sink.appendLine(
      "    " + style.paint(state, change.state.isOpen ? .uneasy : .aside) + style.paint(secret, .bad))
    if let summary = change.summary {
      let parts = summary.counts + summary.distances + summary.structure.prefix(3)
      let size = Sanitizer.line(parts.joined(separator: style.separator), limit: 400)
      sink.appendLine("    " + style.fit(size, after: 4))
    }
    if let proof = change.drift?.proof, !proof.isEmpty {
      // What proves the kind is never cut.
      for line in style.wrap(Sanitizer.line(proof), indent: 4) { sink.appendLine("    " + style.paint(line, .aside)) }
    }
    let said = change.drift.map { $0.proof + "." }
    for warning in change.warnings.filter({ $0 != said }).prefix(5) {
      sink.appendLine("    " + style.paint(style.fit(Sanitizer.line(warning), after: 4), .uneasy))
    }
  }
}

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
    json.string("golden", change.location.path)
    json.string("entry", change.location.entry)
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
