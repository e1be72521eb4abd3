internal import SafeText
internal import TriageModel
package import TriageServices

/// The hand-over as Markdown, for a chat or a page of the next shift.
package struct HandoverReport {
  let handover: Handover

  /// A report.
  package init(_ handover: Handover) { self.handover = handover }

  /// Writes the sections; a section with nothing to say is one line.
  package func write(to sink: OutputSink) {
    let gate = handover.gate
    let runs = gate.runs.map { MarkdownText.code($0.name) }.joined(separator: ", ")
    sink.appendLine("# Hand-over" + (runs.isEmpty ? "" : " of \(runs)"))
    sink.appendLine("\nsince \(handover.since.minuteText) UTC")
    for run in gate.runs {
      for reason in run.incomplete {
        sink.appendLine("\n**INCOMPLETE** \(MarkdownText.plain(run.name)): \(MarkdownText.plain(reason))")
      }
    }
    if let look = handover.look {
      let words = "\(CountText.of(look.newlyFailing.count)) newly failing, \(CountText.of(look.fixed.count)) fixed"
      sink.appendLine("\nSince run \(MarkdownText.code(look.run.identity.id)) was looked at: \(words)")
      for test in look.newlyFailing.prefix(10) { sink.appendLine("- newly failing: \(MarkdownText.code(test))") }
      for test in look.fixed.prefix(10) { sink.appendLine("- fixed: \(MarkdownText.code(test))") }
    }
    let none = gate.runs.isEmpty ? "no run was looked at" : "nothing"
    section("Open", gate.lines.filter(\.ruling.isOpen).map(Self.words), none: none, to: sink)
    section("Muted and let through", gate.lines.filter { !$0.ruling.isOpen }.map(Self.words), none: "nothing", to: sink)
    section(
      "Decided",
      handover.decisions.map {
        "\($0.time.minuteText) \(MarkdownText.plain($0.words, limit: 500)) · \(MarkdownText.plain($0.who))"
      },
      none: "nothing", to: sink)
    section("Notes", handover.notes.map(Self.words), none: "none", to: sink)
    section(
      "Mutes that want somebody",
      handover.mutes.map {
        "**\($0.state.rawValue)** \(MarkdownText.code($0.mute.scope.text)) \(MarkdownText.plain($0.mute.ticket)): \(MarkdownText.plain($0.why))"
      }, none: "none", to: sink)
    for problem in handover.problems { sink.appendLine("\n! \(MarkdownText.plain(problem))") }
  }

  private func section(_ title: String, _ lines: [String], none: String, to sink: OutputSink) {
    sink.appendLine("\n## \(title)\n")
    if lines.isEmpty { sink.appendLine(none) }
    for line in lines where !sink.isClosed { sink.appendLine("- " + line) }
  }

  private static func words(_ note: Note) -> String {
    let what = [note.kind == .note ? nil : note.kind.word, note.ticket, note.text.isEmpty ? nil : "“\(note.text)”"]
    return "\(note.time.minuteText) \(MarkdownText.code(note.test)) "
      + MarkdownText.plain(what.compactMap(\.self).joined(separator: " "), limit: 500)
      + " · \(MarkdownText.plain(note.author))"
  }

  /// A cause in one line: what, how often, since when, whose, what to do.
  static func words(_ line: GateLine) -> String {
    let times = line.tests.count > 1 ? " ×\(CountText.of(line.tests.count))" : ""
    var facts = ["**\(line.ruling.rawValue)** \(MarkdownText.code(line.title, limit: 300))\(times)"]
    if let verdict = line.verdict {
      facts.append(verdict.rawValue + (line.since.map { " since run \(MarkdownText.plain($0))" } ?? ""))
    }
    facts.append(MarkdownText.plain(line.why))
    if let owner = line.owner { facts.append(MarkdownText.plain(owner)) }
    facts.append(line.ticket.map { MarkdownText.plain($0) } ?? "no ticket")
    facts.append(line.runbook.map { "runbook \(MarkdownText.code($0.path))" } ?? "no runbook")
    facts += line.tests.prefix(3).map { MarkdownText.code($0.id) }
    return facts.joined(separator: " · ")
  }
}

extension GateLine.Ruling {
  /// Whether somebody has to go on with it.
  var isOpen: Bool { stops || self == .ticket || self == .known }
}

/// The agenda of the weekly round as Markdown.
package struct WeeklyReport {
  let review: WeeklyReview

  /// A report.
  package init(_ review: WeeklyReview) { self.review = review }

  /// Writes the agenda.
  package func write(to sink: OutputSink) {
    sink.appendLine("# Weekly round")
    if let problem = review.flakes.problem { sink.appendLine("\n! \(MarkdownText.plain(problem))") }
    section("The costliest flakes of 30 days", review.flakes.rows.prefix(10).map(Self.words), to: sink)
    section(
      "Mutes",
      review.mutes.map {
        "**\($0.state.rawValue)** \(MarkdownText.code($0.mute.scope.text)) \(MarkdownText.plain($0.mute.ticket)): \(MarkdownText.plain($0.why))"
      }, to: sink)
    section("Causes without a runbook or a ticket", review.causes.map(HandoverReport.words), to: sink)
    section(
      "Goldens decided on this week",
      review.decisions.map {
        "\($0.time.minuteText) \(MarkdownText.plain($0.words, limit: 500)) · \(MarkdownText.plain($0.who))"
      },
      to: sink)
    if let slower = review.slower {
      section("Tests that became slow", slower.prefix(10).map(Self.words), to: sink)
    } else {
      section("Tests that became slow", ["not known: no two runs of one stream lie in the week"], to: sink)
    }
  }

  private func section(_ title: String, _ lines: [String], to sink: OutputSink) {
    sink.appendLine("\n## \(title)\n")
    if lines.isEmpty { sink.appendLine("none") }
    for line in lines where !sink.isClosed { sink.appendLine("- [ ] " + line) }
  }

  private static func words(_ row: FlakeTable.Row) -> String {
    let flake = row.flake
    let trend =
      switch flake.statistics.trend?.direction {
      case .rising: " · rises"
      case .falling: " · falls"
      case .steady, nil: ""
      }
    let rate = flake.verdict.rate.map { " · \(ShareText.of($0.share)) \($0.interval)" } ?? ""
    return "\(MarkdownText.code(flake.test)) · \(CountText.of(flake.statistics.failures, "failure"))\(rate)\(trend)"
      + (flake.owner.map { " · \(MarkdownText.plain($0))" } ?? " · nobody's")
  }

  private static func words(_ item: RunComparison.Item) -> String {
    let (before, after) = (item.before?.duration, item.after?.duration)
    let words = [before, after].map { $0.flatMap(DurationText.of) ?? "?" }.joined(separator: " → ")
    return "\(MarkdownText.code(item.test)) \(words)"
  }
}
