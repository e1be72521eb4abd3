internal import DataSyntax
internal import Foundation
internal import SystemKit
package import TriageModel

/// Which files that name commands a person has accepted, by their very bytes: a repository runs nothing before.
package struct TrustStore: Sendable {
  private static let file = "trust.json"
  private static let most = 10_000
  private let path: String
  private let folder: String

  /// The store of a person.
  package init(_ directories: Directories) {
    folder = directories.state
    path = directories.state + "/" + Self.file
  }

  /// Whether a person accepted a file with these bytes.
  package func accepts(_ file: String, _ hash: ContentHash) -> Bool { entries()[file] == hash.hex }

  /// Keeps that a person accepts a file with these bytes, or no longer does.
  package func set(_ file: String, _ hash: ContentHash?) throws(JournalError) {
    var entries = entries()
    entries[file] = hash?.hex
    var writer = JSONWriter()
    writer.beginObject()
    for (file, hash) in entries.sorted(by: { $0.key < $1.key }).prefix(Self.most) { writer.member(file, hash) }
    writer.endObject()
    do throws(FileError) {
      try Folder(making: folder).replace(Self.file, writer.bytes)
    } catch {
      throw .journal(error)
    }
  }

  private func entries() -> [String: String] {
    guard let bytes = try? RegularFile.bytes(path, limit: 1 << 22), let value = try? JSONValue(parsing: bytes),
      let members = value.members
    else { return [:] }
    return members.reduce(into: [:]) { entries, member in entries[member.key] = member.value.string }
  }
}
