package import TriageModel
package import Workspace

/// What a team has decided and kept of its failures: mutes and notes, as the repository's files say now.
package struct TeamRecords: Sendable {
  /// The mutes, as of today.
  package private(set) var mutes: MuteList
  /// The notes.
  package private(set) var notes = Notes()
  /// What of the mutes could not be read, a sentence each: those mute nothing.
  package private(set) var muteProblems: [String] = []
  /// What of the notes could not be read, a sentence each.
  private var noteProblems: [String] = []

  /// What could not be read, a sentence each: then those decisions do not hold.
  package var problems: [String] { muteProblems + noteProblems }

  /// Reads the files of a repository; without one there is nothing.
  ///
  /// - Parameter rekeyed: Says which keys of an older masking are which of today's.
  package init(
    _ repository: Repository?, now: Timestamp, rekeyed: ([SignatureKey]) -> [SignatureKey: SignatureKey] = { _ in [:] }
  ) {
    mutes = MuteList([], on: Day(now))
    guard let repository else { return }
    do throws(ConfigurationError) {
      let file = try MuteFile(repository: repository)
      let keys = file.mutes.compactMap(\.signature)
      mutes = MuteList(file.mutes, on: Day(now), carried: keys.isEmpty ? [:] : rekeyed(keys))
      muteProblems = file.problems.map(\.words)
    } catch {
      muteProblems.append("could not read the mutes, so nothing is muted: \(error)")
    }
    do throws(FileError) {
      let ledger = try NoteLedger(repository)
      notes = ledger.notes
      if ledger.damaged > 0 {
        noteProblems.append("\(Ledger.notes.path): \(CountText.of(ledger.damaged, "line")) that no note is")
      }
    } catch {
      noteProblems.append("could not read \(Ledger.notes.path): \(error)")
    }
  }

  /// Nothing was decided and nothing kept.
  package static let none = TeamRecords(nil, now: Timestamp(milliseconds: 0))
}

extension TestStanding {
  /// What is said of a failure that does not count: the mute, and what the verdict would be without it.
  func muted(by mute: Mute, on today: Day) -> TestStanding {
    var standing = self
    let left = CountText.of(max(0, mute.expires.days(since: today)), "day")
    let who = mute.author.map { " by \($0.prefix { $0 != "<" }.split(separator: " ").joined(separator: " "))" } ?? ""
    var why = ["\(mute.ticket): \(mute.reason)", "muted\(who) until the end of \(mute.expires) (\(left))"]
    if verdict.label != .unknown { why.append("without the mute it would be \(verdict.label.rawValue)") }
    standing.verdict.why = why + verdict.why
    standing.verdict.flips = ["another failure of the test, or the end of \(mute.expires)"] + verdict.flips
    if mute.signature == nil { standing.verdict.flips[0] = "the end of \(mute.expires)" }
    standing.verdict.label = .muted
    return standing
  }

  /// The same with a clause more.
  func saying(_ clause: String) -> TestStanding {
    var standing = self
    standing.verdict.why.append(clause)
    return standing
  }
}
