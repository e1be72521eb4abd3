internal import TriageModel
internal import TriageServices

extension HandoverReport {
  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("since", handover.since.description)
      json.array("runs") { json in
        for run in handover.gate.runs { json.object(onNewLine: true) { $0.members(of: run) } }
      }
      if let look = handover.look {
        json.object("since_looked") { json in
          json.string("run", look.run.identity.id)
          json.strings("newly_failing", look.newlyFailing)
          json.strings("fixed", look.fixed)
        }
      } else {
        json.string("since_looked", nil)
      }
      json.causes("open", handover.gate.lines.filter(\.ruling.isOpen))
      json.causes("let_through", handover.gate.lines.filter { !$0.ruling.isOpen })
      json.decisions("decisions", handover.decisions)
      json.array("notes") { json in
        for note in handover.notes { json.object(onNewLine: true) { $0.members(of: note) } }
      }
      json.mutes("mutes", handover.mutes)
      json.strings("problems", handover.problems)
    }
  }
}

extension WeeklyReport {
  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("flakes") { json in
        for row in review.flakes.rows { json.object(onNewLine: true) { FlakyReport.write(row, to: &$0) } }
      }
      json.mutes("mutes", review.mutes)
      json.causes("causes", review.causes)
      json.decisions("golden_decisions", review.decisions)
      if let slower = review.slower {
        json.array("slower") { json in
          for item in slower {
            json.object(onNewLine: true) { json in
              json.string("test", item.test)
              json.seconds("seconds_before", item.before?.duration)
              json.seconds("seconds_after", item.after?.duration)
            }
          }
        }
      } else {
        json.string("slower", nil)
      }
      json.strings("problems", [review.flakes.problem].compactMap(\.self))
    }
  }
}

extension JSONStream {
  fileprivate mutating func causes(_ name: String, _ lines: [GateLine]) {
    array(name) { json in
      for line in lines { json.object(onNewLine: true) { $0.members(of: line) } }
    }
  }

  fileprivate mutating func mutes(_ name: String, _ rows: [MuteRecord]) {
    array(name) { json in
      for row in rows { json.object(onNewLine: true) { $0.members(of: row) } }
    }
  }

  fileprivate mutating func decisions(_ name: String, _ decisions: [Handover.Decision]) {
    array(name) { json in
      for decision in decisions {
        json.object(onNewLine: true) { json in
          json.string("time", decision.time.description)
          json.string("who", decision.who)
          json.string("what", decision.words)
        }
      }
    }
  }
}
