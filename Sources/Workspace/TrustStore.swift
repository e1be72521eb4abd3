internal import DataSyntax
internal import Foundation
internal import SystemKit
package import TriageModel

/// Which files that name commands a person has accepted, by their very bytes: a repository runs nothing before.
package struct TrustStore: Sendable {
  private let table: StateTable

  /// The store of a person.
  package init(_ directories: Directories) { table = StateTable("trust.json", directories) }

  /// The bytes of a file that a person accepted, by its absolute path; nil when none were.
  package func accepted(_ file: String) -> ContentHash? { table.entries[file].flatMap(ContentHash.init(hex:)) }

  /// Keeps that a person accepts a file with these bytes, or no longer does; the journal calls it.
  func set(_ file: String, _ hash: ContentHash?) throws(FileError) {
    try table.change { $0[file] = hash?.hex }
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
    do throws(FileError) { try put(entries) } catch { throw .journal(error) }
  }

  /// Changes what is kept, while no other assay does.
  func change(_ body: (inout [String: String]) -> Void) throws(FileError) {
    _ = try Folder(making: folder)
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    var entries = entries
    body(&entries)
    try put(entries)
  }

  private func put(_ entries: [String: String]) throws(FileError) {
    var writer = JSONWriter()
    writer.beginObject()
    for (key, word) in entries.sorted(by: { $0.key < $1.key }).prefix(Self.most) { writer.member(key, word) }
    writer.endObject()
    try Folder(making: folder).replace(name, writer.bytes)
  }
}
