package import TriageModel

/// What is to be done to the repository's files as one: all of it, or nothing.
package struct JournalDraft: Sendable, Equatable {
  /// A file to replace, make or remove.
  package struct Write: Sendable, Equatable {
    /// The file.
    package var file: RepositoryFile
    /// The hash of the bytes it must have; nil when there must be none.
    package var expected: ContentHash?
    /// The bytes it gets; nil removes it.
    package var bytes: [UInt8]?
    /// The permissions of a file that is made.
    var mode: UInt32?

    /// A file to replace, make or remove.
    package init(_ file: RepositoryFile, expected: ContentHash?, bytes: [UInt8]?) {
      self.file = file
      self.expected = expected
      self.bytes = bytes
    }
  }

  /// What is done.
  var kind: JournalEntry.Kind
  /// What it does, in one line.
  package var title: String
  /// Who does it.
  package var who: String
  /// When.
  package var time: Timestamp
  /// The entry that is taken back or done again.
  var reverses: Int?
  /// The files, each at most once.
  package var writes: [Write] = []
  /// The ledger that gets lines.
  package var ledger = Ledger.approvals
  /// Lines for the ledger, written last.
  package var lines: [String] = []

  /// Nothing to do yet for an action, named by its id.
  package init(action: String, title: String, who: String, time: Timestamp) {
    self.init(kind: .action(action), title: title, who: who, time: time)
  }

  init(kind: JournalEntry.Kind, title: String, who: String, time: Timestamp) {
    self.kind = kind
    self.title = title
    self.who = who
    self.time = time
  }
}
