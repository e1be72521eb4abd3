internal import SafeText
internal import DataSyntax
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

  /// A file of the repository whose commands a person accepted as they were, or accepts no longer.
  ///
  /// What is accepted is kept with the person, never in the repository, and so is this.
  package struct Trust: Sendable, Equatable {
    /// The file, relative to the repository.
    package let path: String
    /// The bytes that were accepted before; nil when none were.
    package let old: ContentHash?
    /// The bytes that are accepted since; nil when none are.
    package let new: ContentHash?

    /// A change of what is accepted.
    package init(path: String, old: ContentHash?, new: ContentHash?) {
      self.path = path
      self.old = old
      self.new = new
    }

    /// The change that takes this one back.
    var reversed: Trust { Trust(path: path, old: new, new: old) }
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
  /// What is trusted since, or no longer.
  package var trusts: [Trust] = []

  /// The temporary file of a change, beside the file it becomes.
  func temporary(_ index: Int) -> String { ".assay-\(token)-\(index).tmp" }
}

/// How an entry lies in its file; the state is in the file's name, so that it changes by one rename.
extension JournalEntry {
  /// The version of the shape.
  private static let version = 1

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("version", Self.version)
    writer.member("kind", kind.word)
    writer.member("title", title)
    writer.member("who", who)
    writer.member("user", user)
    writer.member("milliseconds", Int(time.milliseconds))
    if let reverses { writer.member("reverses", reverses) }
    writer.member("root", root)
    writer.member("token", token)
    writer.key("changes")
    writer.beginArray()
    for change in changes { Self.write(change, to: &writer) }
    writer.endArray()
    writer.key("folders")
    writer.beginArray()
    for folder in folders { writer.string(folder) }
    writer.endArray()
    // Entries of older versions name no ledger: there was one.
    if ledger != .approvals { writer.member("ledger", ledger.rawValue) }
    writer.key("lines")
    writer.beginArray()
    for line in lines { writer.string(line) }
    writer.endArray()
    if !trusts.isEmpty {
      writer.key("trusts")
      writer.beginArray()
      for trust in trusts { Self.write(trust, to: &writer) }
      writer.endArray()
    }
    writer.endObject()
    return writer.bytes
  }

  private static func write(_ trust: Trust, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("path", trust.path)
    if let old = trust.old { writer.member("old", old.hex) }
    if let new = trust.new { writer.member("new", new.hex) }
    writer.endObject()
  }

  private static func write(_ change: Change, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("path", change.path)
    if let old = change.old { writer.member("old", old.hex) }
    if let new = change.new { writer.member("new", new.hex) }
    if let mode = change.mode { writer.member("mode", Int(mode)) }
    writer.key("undoable")
    writer.bool(change.isUndoable)
    writer.endObject()
  }

  /// Reads an entry's file; nil for what is none.
  init?(json bytes: [UInt8], number: Int, state: State) {
    guard let value = try? JSONValue(parsing: bytes), value["version"]?.int == Self.version,
      let kind = value["kind"]?.string.map(Kind.init(word:)), let root = value["root"]?.string,
      let token = value["token"]?.string, token.utf8.allSatisfy({ $0 != 0x2F && $0 != 0 }),
      let ledger = Ledger(rawValue: value["ledger"]?.string ?? Ledger.approvals.rawValue),
      let list = value["changes"]?.array, let time = value["milliseconds"]?.int
    else { return nil }
    let changes = list.compactMap(Self.change)
    let trustList = value["trusts"]?.array ?? []
    let trusts = trustList.compactMap(Self.trust)
    guard changes.count == list.count, trusts.count == trustList.count else { return nil }
    self.init(
      number: number, kind: kind, state: state, title: value["title"]?.string ?? "", who: value["who"]?.string ?? "",
      user: value["user"]?.int ?? -1, time: Timestamp(milliseconds: Int64(time)), reverses: value["reverses"]?.int,
      root: root, token: token, changes: changes,
      folders: value["folders"]?.array?.compactMap(\.string).filter { PathText.normal($0) == $0 } ?? [],
      ledger: ledger, lines: value["lines"]?.array?.compactMap(\.string) ?? [], trusts: trusts)
  }

  private static func trust(_ value: JSONValue) -> Trust? {
    guard let path = value["path"]?.string, PathText.normal(path) == path else { return nil }
    return Trust(path: path, old: hash(value["old"]), new: hash(value["new"]))
  }

  private static func hash(_ value: JSONValue?) -> ContentHash? { value?.string.flatMap(ContentHash.init(hex:)) }

  private static func change(_ value: JSONValue) -> Change? {
    guard let path = value["path"]?.string, PathText.normal(path) == path else { return nil }
    return Change(
      path: path, old: hash(value["old"]), new: hash(value["new"]),
      mode: value["mode"]?.int.flatMap(UInt32.init(exactly:)),
      isUndoable: value["undoable"]?.bool ?? true)
  }
}

extension JSONWriter {
  /// Writes a key and a string.
  mutating func member(_ key: String, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Writes a key and a whole number.
  mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    number(value)
  }
}

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
  /// What is to be trusted, or no longer.
  package var trusts: [JournalEntry.Trust] = []

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
