internal import Foundation
internal import TriageModel

/// What an entry that was cut off left in the repository.
struct Traces {
  private enum Finding: Equatable {
    case old
    case new
    /// Neither: somebody else wrote it since, or it cannot be read.
    case foreign
  }

  private let entry: JournalEntry
  private let session: JournalSession
  private let findings: [Finding]
  /// What became of what is trusted.
  private let trusts: [Finding]
  /// Lines that the ledger does not have; nil when it cannot be read.
  private let missingLines: [String]?

  init(of entry: JournalEntry, in session: JournalSession) {
    self.entry = entry
    self.session = session
    findings = entry.changes.map { Self.finding($0, session) }
    trusts = entry.trusts.map { trust in
      let hash = session.trusted(trust.path)
      return hash == trust.new ? .new : hash == trust.old ? .old : .foreign
    }
    do throws(FileError) {
      let ledger = try RepositoryFile(own: entry.ledger.path, in: session.repository).bytes()
      missingLines = Ledger.missing(entry.lines, in: ledger ?? [])
    } catch {
      missingLines = nil
    }
  }

  private static func finding(_ change: JournalEntry.Change, _ session: JournalSession) -> Finding {
    do throws(FileError) {
      let hash = try session.file(change.path).hash()
      return hash == change.new ? .new : hash == change.old ? .old : .foreign
    } catch {
      return .foreign
    }
  }

  /// The ledger is written last: with its lines there, all was written, whatever came after.
  var isWhole: Bool {
    entry.lines.isEmpty ? (findings + trusts).allSatisfy { $0 == .new } : missingLines?.isEmpty == true
  }

  /// Whether no file was touched.
  var isUntouched: Bool { (findings + trusts).allSatisfy { $0 == .old } }

  /// Whether every file is one of the two that it can be.
  var canBeFinished: Bool { missingLines != nil && foreign.isEmpty }

  /// The files that somebody else wrote.
  var foreign: [String] {
    let paths = entry.changes.map(\.path) + entry.trusts.map(\.path)
    return zip(paths, findings + trusts).filter { $0.1 == .foreign }.map(\.0)
  }

  /// Removes new files that did not come to their names.
  func removeTemporaryFiles() {
    let places = entry.changes.map(\.path) + (entry.lines.isEmpty ? [] : [entry.ledger.path])
    for (index, path) in places.enumerated() {
      guard let folder = try? session.file(path).folder() else { continue }
      try? folder.remove(entry.temporary(index))
      try? folder.remove(mending)
    }
  }

  /// Removes the folders that were made and hold nothing.
  func removeFolders() { session.removeFolders(entry.folders) }

  /// The temporary file of a mending that is cut off itself.
  private var mending: String { entry.temporary(entry.changes.count + 1) }

  /// Writes what is missing.
  func finish() throws(FileError) {
    for (trust, finding) in zip(entry.trusts, trusts) where finding == .old { try session.keep(trust) }
    for (change, finding) in zip(entry.changes, findings) where finding == .old {
      try write(change, from: change.old, to: change.new)
    }
    guard let missingLines, !missingLines.isEmpty else { return }
    let file = try RepositoryFile(own: entry.ledger.path, in: session.repository)
    let old = try file.contents()
    let bytes = Ledger.appending(missingLines, to: old?.bytes ?? [])
    try put(file, bytes, like: old)
  }

  /// Gives every file that has its new bytes the old ones again.
  func takeBack() throws(FileError) {
    for (trust, finding) in zip(entry.trusts, trusts) where finding == .new && trust.old != trust.new {
      try session.keep(trust.reversed)
    }
    for (change, finding) in zip(entry.changes, findings) where finding == .new && change.old != change.new {
      try write(change, from: change.new, to: change.old)
    }
  }

  private func write(
    _ change: JournalEntry.Change, from: ContentHash?, to: ContentHash?
  ) throws(FileError) {
    let file = session.file(change.path)
    let present = try file.contents()
    guard present?.hash == from else { throw .changed }
    guard let to else {
      try file.folder()?.remove(file.name)
      try file.folder()?.sync()
      return
    }
    guard let bytes = try session.kept(to) else { throw .forgotten }
    try put(file, bytes, like: present, mode: change.mode)
  }

  private func put(
    _ file: RepositoryFile, _ bytes: [UInt8], like model: FileContents?, mode: mode_t? = nil
  ) throws(FileError) {
    let folder = try file.makingFolder()
    try folder.remove(mending)
    try folder.create(mending, bytes, like: model, mode: mode)
    try folder.rename(mending, to: file.name)
    try folder.sync()
  }
}
