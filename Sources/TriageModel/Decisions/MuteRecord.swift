/// A mute with what became of it.
package struct MuteRecord: Sendable, Equatable {
  /// How it stands, the most urgent first.
  package enum State: String, MachineWord, Sendable, CaseIterable {
    /// Its day is over: it mutes nothing.
    case expired
    /// Its test is gone, or has another name.
    case orphaned
    /// Its test passes again for as long as was asked.
    case healed
    /// It ends within three days.
    case expiring
    /// It holds.
    case live

    /// Whether somebody has to do something about it.
    package var needsAttention: Bool { self != .live }
  }

  /// The mute.
  package var mute: Mute
  /// How it stands.
  package var state: State
  /// Why, as a clause.
  package var why: String
  /// Failing results that it covered since it was made; nil where the history cannot tell.
  package var absorbed: Int?
  /// Passes in a row up to the newest run; nil where the history cannot tell.
  package var passesInARow: Int?
  /// Days since it was made; nil when that is not written.
  package var age: Int?

  /// A mute as it stands.
  package init(_ mute: Mute, state: State, why: String) {
    self.mute = mute
    self.state = state
    self.why = why
  }
}

/// The mutes of a repository with what became of them.
package struct MuteTable: Sendable, Equatable {
  /// The most urgent first, then those that end first.
  package var rows: [MuteRecord] = []
  /// What of the file says nothing, a sentence each.
  package var problems: [String] = []

  /// No mutes.
  package init() {}

  /// How many stand so.
  package func count(_ state: MuteRecord.State) -> Int { rows.count { $0.state == state } }
}
