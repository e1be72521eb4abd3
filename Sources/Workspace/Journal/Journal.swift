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
  }

  /// The repository.
  package let repository: Repository
  /// The journal's folder.
  package let folder: String
  /// How much is kept.
  package let limits: Limits
  /// What the person trusts.
  let trust: TrustStore

  /// The journal of a repository, which need not be there yet.
  package init(repository: Repository, directories: Directories, limits: Limits = Limits()) {
    self.repository = repository
    self.limits = limits
    trust = TrustStore(directories)
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

extension Journal {
  /// Lets go of old entries and of bytes that no entry names. What fails is tried again after the next entry.
  func prune(in session: JournalSession) {
    guard let entries = try? Self.entries(in: session.folder), let newest = entries.last else { return }
    var sizes: [String: Int] = [:]
    for name in (try? session.blobs.names()) ?? [] {
      sizes[name] = (try? session.blobs.status(name)).map { Int($0?.st_size ?? 0) } ?? 0
    }
    var kept: Set<String> = []
    var bytes = 0
    var isFull = false
    for (age, entry) in entries.reversed().enumerated() {
      let hashes = Set(entry.changes.flatMap { [$0.old, $0.new].compactMap { $0?.hex } }).subtracting(kept)
      let size = hashes.reduce(0) { $0 + sizes[$1, default: 0] }
      if age >= limits.entries || bytes + size > limits.bytes { isFull = true }
      if isFull, entry.number != newest.number, entry.state != .open {
        try? session.folder.remove(Self.fileName(entry.number, entry.state))
      } else {
        kept.formUnion(hashes)
        bytes += size
      }
    }
    for name in sizes.keys where !kept.contains(name) { try? session.blobs.remove(name) }
    // What a crash left of files that were not yet named.
    for name in (try? session.folder.names()) ?? [] where name.hasSuffix(".tmp") { try? session.folder.remove(name) }
  }
}

/// Why something was not written. The text is a whole clause: `could not write a.csv: …`.
package enum JournalError: Error, Equatable, CustomStringConvertible {
  /// A file could not be written, or is not the one that was expected; nothing was changed.
  case file(String, FileError)
  /// The journal itself could not be written; nothing was changed.
  case journal(FileError)
  /// Another entry changed the file since, or it is not there to take back; the reason.
  case notUndoable(String)
  /// What is trusted of a file could not be kept, or is not what was expected; nothing was changed.
  case trust(String, FileError)
  /// Nothing may be written here; why, as a sentence.
  case refused(String)
  /// Writing failed half-way, and what was written could not be taken back; the journal keeps the old bytes.
  case halfway(String, FileError, entry: Int)

  package var description: String {
    switch self {
    case .file(let path, let error): "could not write \(path): \(error); nothing was changed"
    case .journal(let error): "could not write the journal: \(error); nothing was changed"
    case .trust(let path, let error): "could not keep whether \(path) is trusted: \(error); nothing was changed"
    case .notUndoable(let reason), .refused(let reason): reason
    case .halfway(let path, let error, let entry):
      "could not write \(path): \(error); entry \(entry) of the journal is half done, and the next start mends it"
    }
  }
}

/// The journal and the repository while nobody else may write in either.
final class JournalSession {
  let repository: Repository
  let folder: Folder
  let blobs: Folder
  private let trust: TrustStore
  private let locks: [FolderLock]

  /// Takes both locks; the folders of the journal are made when they are not there.
  init(_ journal: Journal) throws(JournalError) {
    repository = journal.repository
    trust = journal.trust
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

  /// The bytes of a file that are trusted; nil when none are.
  func trusted(_ path: String) -> ContentHash? { trust.accepted(repository.root + "/" + path) }

  /// Compares what is trusted with what is expected.
  func check(_ trusts: [JournalEntry.Trust]) throws(JournalError) {
    for trust in trusts where trusted(trust.path) != trust.old { throw .trust(trust.path, .changed) }
  }

  /// Keeps what is trusted of a file from now on.
  func set(_ trust: JournalEntry.Trust) throws(JournalError) {
    do throws(FileError) { try keep(trust) } catch { throw .trust(trust.path, error) }
  }

  /// Keeps it, in the person's own file.
  func keep(_ trust: JournalEntry.Trust) throws(FileError) {
    try self.trust.set(repository.root + "/" + trust.path, trust.new)
  }
}
