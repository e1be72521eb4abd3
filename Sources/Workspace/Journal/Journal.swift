internal import Foundation
internal import TriageModel

/// What a person did to one repository's files, with the bytes that were replaced, in the person's state folder.
///
/// An entry is written, with all old and new bytes, before any file of the repository is touched. Its file's name says how far it came: `000012.open`, `.done`, `.back`.
package struct Journal: Sendable {
  /// How much is kept: older entries go with their bytes; the newest stays in any case.
  package struct Limits: Sendable, Equatable {
    /// Entries.
    package var entries = 1000
    /// Bytes of replaced files.
    package var bytes = 2 << 30

    /// The usual limits.
    package init() {}
  }

  /// The repository.
  package let repository: Repository
  /// The journal's folder.
  package let folder: String
  /// How much is kept.
  package let limits: Limits

  /// The journal of a repository, which need not be there yet.
  package init(repository: Repository, directories: Directories, limits: Limits = Limits()) {
    self.repository = repository
    self.limits = limits
    let name = repository.root.split(separator: "/").last.map(String.init) ?? "root"
    folder = "\(directories.state)/journal/\(name.prefix(60))-\(ContentHash(of: repository.root.utf8).short)"
  }

  /// All entries that are kept, oldest first; those of other programs and damaged ones are left out.
  package func entries() throws(JournalError) -> [JournalEntry] {
    guard access(folder, F_OK) == 0 else { return [] }
    do throws(FileError) {
      return try Self.entries(in: Folder(path: folder))
    } catch {
      throw .journal(error)
    }
  }

  static func entries(in folder: Folder) throws(FileError) -> [JournalEntry] {
    var entries: [JournalEntry] = []
    for name in try folder.names() {
      guard let (number, state) = parts(of: name), let file = try folder.read(name, limit: 1 << 28),
        let entry = JournalEntry(json: file.bytes, number: number, state: state)
      else { continue }
      entries.append(entry)
    }
    return entries.sorted { $0.number < $1.number }
  }

  static func parts(of name: String) -> (number: Int, state: JournalEntry.State)? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), number > 0,
      let state = JournalEntry.State(rawValue: String(parts[1]))
    else { return nil }
    return (number, state)
  }

  static func fileName(_ number: Int, _ state: JournalEntry.State) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "." + state.rawValue
  }
}
