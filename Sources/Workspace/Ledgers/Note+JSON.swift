internal import DataSyntax
package import TriageModel

/// How a note is written: one object a line.
extension Note {
  private static let version = 1

  /// The line, without its end.
  package var json: String {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("version", Self.version)
    writer.member("id", id)
    writer.member("time", time.description)
    writer.member("kind", kind.word)
    let members: [(String, String?)] = [
      ("test", test), ("signature", signature?.text), ("text", text), ("ticket", ticket), ("runbook", runbook),
      ("script_sha256", script?.hex), ("run", run), ("who", who), ("undoes", undoes),
    ]
    for (key, value) in members {
      if let value, !value.isEmpty { writer.member(key, value) }
    }
    if let status { writer.member("status", status) }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads a line; nil for what is no note that this version knows.
  package init?(json line: String) {
    guard let value = try? JSONValue(parsing: Array(line.utf8)), value["version"]?.int == Self.version,
      let kind = value["kind"]?.string.flatMap({ Kind(word: $0) }), let id = value["id"]?.string, !id.isEmpty,
      let time = value["time"]?.string.flatMap({ Timestamp(iso8601: $0) })
    else { return nil }
    func text(_ key: String) -> String? { value[key]?.string }
    self.init(
      kind, at: text("test") ?? "", signature: text("signature").flatMap { SignatureKey(text: $0) },
      text: text("text") ?? "", who: text("who") ?? "", time: time)
    self.id = id
    ticket = text("ticket")
    runbook = text("runbook")
    script = text("script_sha256").flatMap(ContentHash.init(hex:))
    status = value["status"]?.int
    run = text("run")
    undoes = text("undoes")
  }

  /// The line that takes this one back.
  func takenBack(who: String, time: Timestamp) -> Note {
    var line = Note(.undo, at: test, signature: signature, text: "", who: who, time: time)
    line.undoes = id
    return line
  }

  /// The same words, said anew.
  func again(who: String, time: Timestamp) -> Note {
    var line = Note(kind, at: test, signature: signature, text: text, who: who, time: time)
    (line.ticket, line.runbook, line.run) = (ticket, runbook, run)
    (line.script, line.status) = (script, status)
    return line
  }
}

/// The notes of a repository, with the lines that are none.
package struct NoteLedger: Sendable, Equatable {
  /// The notes that hold.
  package private(set) var notes = Notes()
  /// How many lines say nothing that this version knows.
  package private(set) var damaged = 0

  /// The ledger of a repository; without one there are no notes.
  package init(_ repository: Repository?) throws(FileError) {
    let bytes = try repository.flatMap { repository throws(FileError) in
      try RepositoryFile(own: Ledger.notes.path, in: repository).bytes()
    }
    self.init(bytes: bytes ?? [])
  }

  /// Reads a ledger; lines that are no notes are left out and counted.
  package init(bytes: [UInt8]) {
    var lines: [Note] = []
    for raw in bytes.split(separator: 0x0A) {
      let text = String(decoding: raw.last == 0x0D ? raw.dropLast() : raw, as: UTF8.self)
      if text.allSatisfy({ $0 == " " }) { continue }
      if let note = Note(json: text) { lines.append(note) } else { damaged += 1 }
    }
    notes = Notes(lines)
  }
}
