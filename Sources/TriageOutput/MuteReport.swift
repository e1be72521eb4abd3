internal import SafeText
package import TriageModel

/// The answer of `mutes`: each with what became of it.
package struct MuteReport {
  private let table: MuteTable

  private let isFiltered: Bool

  /// A report; of mutes that a filter chose, none is not to say that nothing is muted.
  package init(_ table: MuteTable, isFiltered: Bool = false) {
    self.table = table
    self.isFiltered = isFiltered
  }

  /// What `mutes check` fails for, a sentence each.
  package var failures: [String] {
    table.problems
      + table.rows.filter { $0.state == .expired || $0.state == .orphaned }.map {
        "\($0.mute.subject) (\($0.mute.ticket)): \($0.why)"
      }
  }

  /// Writes the mutes for people, the most urgent first.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    for problem in table.problems { sink.appendLine(style.paint(Sanitizer.line(problem), .bad)) }
    if table.rows.isEmpty, table.problems.isEmpty {
      sink.appendLine(style.paint(isFiltered ? "no mute matches the filter" : "nothing is muted", .aside))
    }
    for row in table.rows where !sink.isClosed {
      let word = row.state.rawValue + String(repeating: " ", count: 9 - row.state.rawValue.count)
      let tone: TextStyle.Tone =
        row.state == .live ? .good : row.state == .expired || row.state == .orphaned ? .bad : .uneasy
      sink.appendLine(style.paint(word, tone) + Sanitizer.line(row.mute.subject, limit: 1000))
      let facts: [String?] = [
        row.mute.ticket, row.why, row.mute.owner, row.age.map { "\(CountText.of($0, "day")) old" },
        row.absorbed.map { "absorbed \(CountText.of($0, "failure"))" }, "\"\(row.mute.reason)\"",
      ]
      sink.appendLine(
        "         " + facts.compactMap(\.self).map { Sanitizer.line($0, limit: 400) }.joined(separator: style.separator)
      )
    }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("mutes") { json in
        for row in table.rows { json.object(onNewLine: true) { $0.members(of: row) } }
      }
      json.strings("problems", table.problems)
    }
  }
}

extension JSONStream {
  /// Writes the members of a mute as it stands.
  mutating func members(of row: MuteRecord) {
    let mute = row.mute
    if case .test(let test) = mute.scope { string("test", test) } else { string("glob", mute.scope.text) }
    string("state", row.state.word)
    string("why", row.why)
    string("signature", mute.signature?.text)
    if !mute.labels.isEmpty { strings("labels", mute.labels) }
    string("ticket", mute.ticket)
    string("reason", mute.reason)
    string("owner", mute.owner)
    string("by", mute.author)
    string("created", mute.created?.description)
    string("expires", mute.expires.description)
    number("passes", mute.passes)
    number("passes_in_a_row", row.passesInARow)
    number("absorbed", row.absorbed)
  }
}
