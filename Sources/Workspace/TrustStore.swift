internal import DataSyntax
internal import Foundation
internal import SystemKit
package import TriageModel

/// Which files that name commands a person has accepted, by their very bytes: a repository runs nothing before.
package struct TrustStore: Sendable {
  private let table: StateTable

  /// The store of a person.
  package init(_ directories: Directories) { table = StateTable("trust.json", directories) }

  /// Whether a person accepted a file with these bytes.
  package func accepts(_ file: String, _ hash: ContentHash) -> Bool { table.entries[file] == hash.hex }

  /// Keeps that a person accepts a file with these bytes, or no longer does.
  package func set(_ file: String, _ hash: ContentHash?) throws(JournalError) {
    var entries = table.entries
    entries[file] = hash?.hex
    try table.write(entries)
  }
}

/// Words by keys in a small file of the person's state.
package struct StateTable: Sendable {
  private static let most = 10_000
  private let name: String
  private let folder: String

  /// The table of a name.
  package init(_ name: String, _ directories: Directories) {
    self.name = name
    folder = directories.state
  }

  /// What was kept; what cannot be read was not.
  package var entries: [String: String] {
    guard let bytes = try? RegularFile.bytes(folder + "/" + name, limit: 1 << 22),
      let members = (try? JSONValue(parsing: bytes))?.members
    else { return [:] }
    return members.reduce(into: [:]) { entries, member in entries[member.key] = member.value.string }
  }

  /// Keeps these in place of those, at most so many as a small file holds.
  package func write(_ entries: [String: String]) throws(JournalError) {
    var writer = JSONWriter()
    writer.beginObject()
    for (key, word) in entries.sorted(by: { $0.key < $1.key }).prefix(Self.most) { writer.member(key, word) }
    writer.endObject()
    do throws(FileError) {
      try Folder(making: folder).replace(name, writer.bytes)
    } catch {
      throw .journal(error)
    }
  }
}
