internal import Foundation
internal import TriageModel

/// The journal and the repository while nobody else may write in either.
final class JournalSession {
  let repository: Repository
  let folder: Folder
  let blobs: Folder
  private let locks: [FolderLock]

  /// Takes both locks; the folders of the journal are made when they are not there.
  init(_ journal: Journal) throws(JournalError) {
    repository = journal.repository
    do throws(FileError) {
      blobs = try Folder(making: journal.folder + "/blobs")
      folder = try Folder(path: journal.folder)
      locks = [try FolderLock(journal.folder), try FolderLock(journal.repository.root)]
    } catch {
      throw .journal(error)
    }
  }

  /// Keeps bytes under their hash; the name is on the disk when the next entry is written.
  func keep(_ bytes: [UInt8], as hash: ContentHash) throws(FileError) {
    if let known = try blobs.status(hash.hex), known.st_size == bytes.count { return }
    try blobs.replace(hash.hex, bytes, syncs: false)
  }

  /// The bytes of a hash; nil when they are not kept, or are no longer those.
  func kept(_ hash: ContentHash) throws(FileError) -> [UInt8]? {
    guard let file = try blobs.read(hash.hex, limit: .max), file.hash == hash else { return nil }
    return file.bytes
  }

  /// Writes a new entry down.
  func write(_ entry: JournalEntry) throws(FileError) {
    try blobs.sync()
    try folder.replace(Journal.fileName(entry.number, entry.state), entry.json)
  }

  /// Says how far an entry came.
  func mark(_ entry: inout JournalEntry, _ state: JournalEntry.State) throws(FileError) {
    try folder.rename(Journal.fileName(entry.number, entry.state), to: Journal.fileName(entry.number, state))
    entry.state = state
    try folder.sync()
  }

  /// The number of the next entry.
  func nextNumber() throws(FileError) -> Int {
    (try folder.names().compactMap { Journal.parts(of: $0)?.number }.max() ?? 0) + 1
  }

  /// Removes folders that hold nothing, the innermost first.
  func removeFolders(_ paths: [String]) {
    for path in paths.sorted(by: >) { rmdir(repository.root + "/" + path) }
  }

  /// A file of the repository that an entry names.
  func file(_ path: String) -> RepositoryFile { RepositoryFile(root: repository.root, resolved: path) }
}
