internal import DataSyntax
internal import TriageModel

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
    writer.endObject()
    return writer.bytes
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
    guard changes.count == list.count else { return nil }
    self.init(
      number: number, kind: kind, state: state, title: value["title"]?.string ?? "", who: value["who"]?.string ?? "",
      user: value["user"]?.int ?? -1, time: Timestamp(milliseconds: Int64(time)), reverses: value["reverses"]?.int,
      root: root, token: token, changes: changes,
      folders: value["folders"]?.array?.compactMap(\.string).filter { RelativePath.normal($0) == $0 } ?? [],
      ledger: ledger, lines: value["lines"]?.array?.compactMap(\.string) ?? [])
  }

  private static func change(_ value: JSONValue) -> Change? {
    guard let path = value["path"]?.string, RelativePath.normal(path) == path else { return nil }
    return Change(
      path: path, old: value["old"]?.string.flatMap(ContentHash.init(hex:)),
      new: value["new"]?.string.flatMap(ContentHash.init(hex:)),
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
