/// A line that people keep with a failure: a note, its ticket, what of a runbook was tried and whether it helped.
package struct Note: Sendable, Equatable {
  /// What it says.
  package enum Kind: String, MachineWord, Sendable, CaseIterable {
    /// Words for whoever sees the failure next.
    case note
    /// The ticket that the failure is known by.
    case ticket
    /// A step of a runbook was done.
    case tick
    /// A runbook's page helped.
    case helped
    /// A block of a runbook was run.
    case ran
    /// A person called the failure something else than its verdict does.
    case called
    /// An earlier line was taken back.
    case undo
  }

  /// A word of its own: two notes that are alike in all else are still two.
  package var id: String
  /// What it says.
  package var kind: Kind
  /// When.
  package var time: Timestamp
  /// Who: `Name <mail>`.
  package var who: String
  /// The test that it was written at, by its stable name.
  package var test: String
  /// The failure it is about; nil for the test whatever it says.
  package var signature: SignatureKey?
  /// The words of a note, the step of a tick, what became of a block that was run, what the failure was called.
  package var text: String
  /// The ticket's key.
  package var ticket: String?
  /// The runbook's page, relative to the repository, of a tick, of what helped and of what was run.
  package var runbook: String?
  /// The hash of the block that was run.
  package var script: ContentHash?
  /// The exit status of that block.
  package var status: Int?
  /// The run it was written at.
  package var run: String?
  /// The id of the line that an undo takes back.
  package var undoes: String?

  /// A line of somebody about a failure.
  package init(
    _ kind: Kind, at test: String, signature: SignatureKey?, text: String, who: String, time: Timestamp
  ) {
    id = String(UInt64.random(in: .min ... .max), radix: 36)
    self.kind = kind
    self.test = test
    self.signature = signature
    self.text = text
    self.who = who
    self.time = time
  }

  /// Who wrote it, without the mail.
  package var author: String {
    String(who.prefix { $0 != "<" }).trimmingSpaces
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// What people kept of failures, oldest first; lines that were taken back are left out.
package struct Notes: Sendable, Equatable {
  /// The lines that hold.
  package private(set) var all: [Note] = []

  /// No notes.
  package init() {}

  /// What is left of lines when those that were taken back are gone.
  package init(_ lines: [Note]) {
    let undone = Set(lines.compactMap(\.undoes))
    all = lines.filter { $0.kind != .undo && !undone.contains($0.id) }
    // Lines of one second stay in the order in which they were written.
    all.sort { $0.time < $1.time }
  }

  /// The lines about a failure: of its signature wherever it was seen, and of its test whatever it says.
  package func about(test: String, signature: SignatureKey?) -> [Note] {
    all.filter { note in
      if let known = note.signature { return known == signature }
      return note.test == test
    }
  }

  /// The newest ticket of a failure; nil when there is none.
  package func ticket(test: String, signature: SignatureKey?) -> Note? {
    about(test: test, signature: signature).last { $0.ticket != nil }
  }

  /// What a test's failure in a run was called by a person, the last word; nil when nobody called it anything.
  package func called(_ test: String, inRun run: String) -> Verdict.Label? {
    all.last { $0.kind == .called && $0.test == test && $0.run == run }.flatMap { Verdict.Label(word: $0.text) }
  }

  /// How often each page of a runbook helped.
  package var helped: [String: Int] {
    all.reduce(into: [:]) { counts, note in
      if note.kind == .helped, let page = note.runbook { counts[page, default: 0] += 1 }
    }
  }
}
