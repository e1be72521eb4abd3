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
      sink.appendLine(style.paint(group.title, .title) + style.paint(" \(style.times(group.places.count))", .aside))
      for place in group.places where !sink.isClosed { write(changes[place], to: sink) }
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
