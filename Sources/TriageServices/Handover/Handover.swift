package import RunHistory
package import TriageModel
package import Workspace

/// What whoever comes next has to know: what is open, and what was decided, muted, noted and is watched since a time.
package struct Handover: Sendable {
  /// A decision that somebody made.
  package struct Decision: Sendable, Equatable {
    /// When.
    package var time: Timestamp
    /// Who.
    package var who: String
    /// What, in one line.
    package var words: String
  }

  /// Since when decisions and notes are told.
  package var since: Timestamp
  /// The runs that were looked at, with what is done with their failures.
  package var gate: GateAnswer
  /// What became of tests since the person looked last; nil when nothing is known.
  package var look: LookDifference?
  /// Decisions on goldens of everybody, and all of the person's own, oldest first.
  package var decisions: [Decision] = []
  /// What people kept, oldest first.
  package var notes: [Note] = []
  /// Mutes that want a person.
  package var mutes: [MuteRecord] = []
  /// What could not be read, a sentence each.
  package var problems: [String] = []

  /// A hand-over of what was judged.
  package init(since: Timestamp, gate: GateAnswer) {
    self.since = since
    self.gate = gate
  }
}

extension DecisionService {
  /// What everybody decided on goldens and the person did since a time, oldest first; what could not be read is said.
  package func decisions(since: Timestamp) -> (decisions: [Handover.Decision], problems: [String]) {
    var decisions: [Handover.Decision] = []
    var problems: [String] = []
    do throws(JournalError) {
      for entry in try journal?.entries() ?? [] where entry.state == .done && entry.time >= since {
        let isOnGoldens = entry.ledger == .approvals && !entry.lines.isEmpty
        // Those of the ledger are told once, with everybody's.
        if isOnGoldens { continue }
        let verb = entry.kind == .undo ? "took back: " : entry.kind == .redo ? "did again: " : ""
        decisions.append(Handover.Decision(time: entry.time, who: entry.who, words: verb + entry.title))
      }
    } catch {
      problems.append("could not read the journal: \(error)")
    }
    do throws(FileError) {
      decisions += try goldenDecisions(since: since)
    } catch {
      problems.append("could not read \(Ledger.approvals.path): \(error)")
    }
    return (decisions.sorted { ($0.time, $0.words) < ($1.time, $1.words) }, problems)
  }

  /// What everybody decided on goldens since a time, oldest first.
  package func goldenDecisions(since: Timestamp) throws(FileError) -> [Handover.Decision] {
    guard let repository else { return [] }
    return try Approvals(repository).entries.filter { $0.line.time >= since }.map { entry in
      let line = entry.line
      let verb =
        switch line.decision {
        case .approve: "approved"
        case .reject: "rejected"
        case .undo: "took back a decision on"
        }
      let ticket = line.ticket.map { " (\($0))" } ?? ""
      return Handover.Decision(
        time: line.time, who: line.who, words: "\(verb) \(line.location)\(ticket): \"\(line.reason)\"")
    }
  }
}

/// The agenda of the weekly round: what of flakes, mutes and decisions wants people together.
package struct WeeklyReview: Sendable {
  /// The costliest flakes of a month.
  package var flakes: FlakeTable
  /// Mutes that want a person.
  package var mutes: [MuteRecord]
  /// Causes of the newest runs without a runbook or a ticket.
  package var causes: [GateLine]
  /// What was decided on goldens in the week.
  package var decisions: [Handover.Decision]
  /// Tests that became slower from the first run of the week to the newest; nil where two runs are not known.
  package var slower: [RunComparison.Item]?

  /// The agenda.
  package init(
    flakes: FlakeTable, mutes: [MuteRecord], causes: [GateLine], decisions: [Handover.Decision],
    slower: [RunComparison.Item]?
  ) {
    self.flakes = flakes
    self.mutes = mutes
    self.causes = causes
    self.decisions = decisions
    self.slower = slower
  }
}

extension HistoryService {
  /// Tests that became slower in the days up to the newest run, in its stream; nil where no two runs can be compared.
  package func slower(inDays days: Int) throws(HistoryError) -> [RunComparison.Item]? {
    let runs = try records(HistoryFilter(.days(days)))
    guard let newest = runs.first, let first = runs.last(where: { $0.stream == newest.stream }),
      first.key != newest.key
    else { return nil }
    return try compare(first.key, newest.key).slower
  }
}
