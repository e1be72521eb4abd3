internal import SafeText
internal import TriageActions
internal import TriageModel
package import Workspace

/// The answer of `log`: the decisions on a repository's goldens, and all that the person's own journal tells, newest first.
package struct DecisionLog {
  /// A line of the ledger that is not as it should be, or a golden that is not what its newest decision says.
  package struct Problem: Sendable, Equatable {
    /// The line in the ledger, from 1.
    package let line: Int
    /// What is wrong, as a sentence.
    package let words: String

    /// A problem.
    package init(line: Int, words: String) {
      self.line = line
      self.words = words
    }
  }

  private let approvals: Approvals
  private let problems: [Problem]?
  /// The person's own journal entries, by the line they wrote.
  private let numbers: [String: Int]
  /// The person's own actions that no line on a golden tells, and what took them back, oldest first.
  private let actions: [JournalEntry]

  /// A log; `problems` is nil when nothing was verified.
  package init(_ approvals: Approvals, journal: [JournalEntry], problems: [Problem]?) {
    self.approvals = approvals
    self.problems = problems
    let lines = journal.filter { $0.state == .done }.flatMap { entry in entry.lines.map { ($0, entry.number) } }
    numbers = Dictionary(lines) { first, _ in first }
    actions = journal.filter { $0.state == .done && ($0.lines.isEmpty || $0.ledger != .approvals) }
  }

  /// Writes the log for people: a line a decision.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    if approvals.entries.isEmpty, actions.isEmpty { sink.appendLine(style.paint("no decisions", .aside)) }
    var actions = self.actions[...]
    for entry in approvals.entries.reversed() where !sink.isClosed {
      while let action = actions.last, action.time > entry.line.time { write(actions.removeLast(), style, to: sink) }
      write(entry.line, style, to: sink)
    }
    for action in actions.reversed() { write(action, style, to: sink) }
    guard let problems else { return }
    if problems.isEmpty {
      sink.appendLine(style.paint("verified", .good) + ": every line and every golden is as it should be")
    }
    for problem in problems {
      sink.appendLine(style.paint("line \(problem.line)", .bad) + ": " + Sanitizer.line(problem.words))
    }
  }

  private func write(_ entry: JournalEntry, _ style: TextStyle, to sink: OutputSink) {
    let verb = entry.kind == .undo ? style.paint("undone  ", .aside) : style.paint(noun(of: entry), .good)
    let facts = [entry.title, entry.who, "#\(entry.number)"].map { Sanitizer.line($0, limit: 1000) }
    sink.appendLine("\(entry.time.minuteText) \(verb) " + facts.joined(separator: style.separator))
  }

  /// The noun for what an entry is about, as wide as the other verbs: `causes`, also where it is done again.
  private func noun(of entry: JournalEntry) -> String {
    let first = entry.reverses.flatMap { number in actions.first { $0.number == number } } ?? entry
    let noun = TriageActions.noun(of: first.kind.word) + "s"
    return noun + String(repeating: " ", count: max(0, 8 - noun.count))
  }

  private func write(_ line: ApprovalLine, _ style: TextStyle, to sink: OutputSink) {
    let verb =
      switch line.decision {
      case .approve: style.paint("approved", .good)
      case .reject: style.paint("rejected", .uneasy)
      case .undo: style.paint("undone  ", .aside)
      }
    let hashes = "\(line.old?.short ?? "none") \(style.isASCII ? "->" : "→") \(line.new?.short ?? "none")"
    let reason = "\"\(line.reason)\"" + (line.ticket.map { " " + $0 } ?? "")
    let facts = [reason, line.who, line.run] + (numbers[line.json].map { ["#\($0)"] } ?? [])
    sink.appendLine(
      "\(line.time.minuteText) \(verb) \(Sanitizer.line(line.location.description, limit: 1000)) \(hashes)  "
        + facts.map { Sanitizer.line($0, limit: 1000) }.joined(separator: style.separator))
  }

  /// Writes the documented object, version 1; newest first.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("decisions") { json in
        for entry in approvals.entries.reversed() where !sink.isClosed {
          json.object(onNewLine: true) { write(entry, to: &$0) }
        }
      }
      json.array("actions") { json in
        for entry in actions.reversed() {
          json.object(onNewLine: true) { json in
            json.string("action", entry.kind.word)
            json.number("reverses", entry.reverses)
            json.strings(
              "files", entry.changes.filter(\.isUndoable).map(\.path) + (entry.lines.isEmpty ? [] : [entry.ledger.path])
            )
            json.array("trusted") { json in
              for trust in entry.trusts {
                json.object { json in
                  json.string("file", trust.path)
                  json.string("before_sha256", trust.old?.hex)
                  json.string("after_sha256", trust.new?.hex)
                }
              }
            }
            json.string("title", entry.title)
            json.string("time", entry.time.description)
            json.string("who", entry.who)
            json.number("journal_entry", entry.number)
          }
        }
      }
      json.array("unread_lines") { json in
        for damage in approvals.damages {
          json.object { json in
            json.number("line", damage.number)
            json.string("reason", damage.reason)
          }
        }
      }
      guard let problems else { return }
      json.bool("verified", problems.isEmpty)
      json.array("problems") { json in
        for problem in problems {
          json.object(onNewLine: true) { json in
            json.number("line", problem.line)
            json.string("problem", problem.words)
          }
        }
      }
    }
  }

  private func write(_ entry: Approvals.Entry, to json: inout JSONStream) {
    let line = entry.line
    json.number("line", entry.number)
    json.string("decision", line.decision.rawValue)
    json.string("golden", line.location.path)
    json.string("entry", line.location.entry)
    json.string("old_sha256", line.old?.hex)
    json.string("new_sha256", line.new?.hex)
    json.string("time", line.time.description)
    json.string("who", line.who)
    json.string("reason", line.reason)
    json.string("ticket", line.ticket)
    json.string("run", line.run)
    json.string("commit", line.commit)
    json.string("drift", line.drift)
    json.string("recovery", line.recovery)
    json.string("hash", line.hash.hex)
    json.string("undoes", line.undoes?.hex)
    json.bool("genuine", entry.isGenuine)
    json.number("journal_entry", numbers[line.json])
  }
}
