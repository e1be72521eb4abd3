package import TriageModel

/// One thing that was done to the repository's files, with what it takes to undo it.
package struct JournalEntry: Sendable, Equatable {
  /// What was done.
  package enum Kind: Sendable, Equatable {
    /// An action was carried out; its id, which need not be one that this version knows.
    case action(String)
    /// Another entry was taken back.
    case undo
    /// What was taken back was done again.
    case redo

    /// A kind by its word: an action's id, `undo` or `redo`.
    package init(word: String) {
      switch word {
      case "undo": self = .undo
      case "redo": self = .redo
      default: self = .action(word)
      }
    }

    /// The word that stands for it in the journal's files.
    package var word: String {
      switch self {
      case .action(let id): id
      case .undo: "undo"
      case .redo: "redo"
      }
    }
  }

  /// How far it came.
  package enum State: String, Sendable, CaseIterable {
    /// It is written down and not known to be finished: a crash came between.
    case open
    /// All of it was done.
    case done
    /// None of it was done, or what was done was taken back.
    case back
  }

  /// A file that was replaced, made or removed.
  package struct Change: Sendable, Equatable {
    /// The file, relative to the repository.
    package let path: String
    /// Its bytes before; nil when there was no file.
    package let old: ContentHash?
    /// Its bytes after; nil when it was removed.
    package let new: ContentHash?
    /// The permissions it had before; nil when there was no file.
    package let mode: UInt32?
    /// Whether it is taken back by undo; a setting that was missing is not.
    package let isUndoable: Bool
  }

  /// Its number in the repository's journal, from 1.
  package var number: Int
  /// What was done.
  package var kind: Kind
  /// How far it came.
  package var state: State
  /// What it did, in one line.
  package var title: String
  /// Who did it.
  package var who: String
  /// The system's number of that person.
  package var user: Int
  /// When.
  package var time: Timestamp
  /// The entry that was taken back or done again.
  package var reverses: Int?
  /// The repository.
  package var root: String
  /// The word in the names of its temporary files.
  package var token: String
  /// What became of files, in the order of writing.
  package var changes: [Change]
  /// Folders that were made.
  package var folders: [String]
  /// The ledger that got lines.
  package var ledger = Ledger.approvals
  /// Lines added to the ledger, last of all.
  package var lines: [String]

  /// The temporary file of a change, beside the file it becomes.
  func temporary(_ index: Int) -> String { ".assay-\(token)-\(index).tmp" }
}
