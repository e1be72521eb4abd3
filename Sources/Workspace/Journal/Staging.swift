internal import Foundation
internal import TriageModel

/// New files that wait beside the old ones, and then take their names.
struct Staging {
  private struct Staged {
    let path: String
    let name: String
    let folder: Folder
    /// The file that is replaced; nil when there is none.
    let old: FileContents.Identity?
    /// The new file; nil when the old one is removed.
    let temporary: String?
  }

  private let entry: JournalEntry
  private let session: JournalSession
  private var staged: [Staged] = []

  init(entry: JournalEntry, session: JournalSession) {
    self.entry = entry
    self.session = session
  }

  /// Makes the new files; nothing that was there changes.
  mutating func stage(_ writes: [JournalDraft.Write], _ known: [FileContents.Identity?]) throws(JournalError) {
    for (write, old) in zip(writes, known) {
      do throws(FileError) {
        try add(write.file, bytes: write.bytes, known: old, mode: write.mode)
      } catch {
        throw .file(write.file.path, error)
      }
    }
  }

  /// Makes the new ledger.
  mutating func stageLedger(_ lines: [String]) throws(JournalError) {
    if lines.isEmpty { return }
    do throws(FileError) {
      let file = try RepositoryFile(own: entry.ledger.path, in: session.repository)
      let old = try file.contents()
      let bytes = Ledger.appending(lines, to: old?.bytes ?? [])
      try add(file, bytes: bytes, known: old?.identity)
    } catch {
      throw .file(entry.ledger.path, error)
    }
  }

  private mutating func add(
    _ file: RepositoryFile, bytes: [UInt8]?, known: FileContents.Identity?, mode: mode_t? = nil
  ) throws(FileError) {
    let folder = try file.makingFolder()
    let temporary = bytes == nil ? nil : entry.temporary(staged.count)
    if let bytes, let temporary {
      try folder.create(
        temporary, bytes, like: try known == nil ? nil : folder.read(file.name, limit: .max), mode: mode)
    }
    staged.append(Staged(path: file.path, name: file.name, folder: folder, old: known, temporary: temporary))
  }

  /// Gives the new files the old ones' names, one after the other, if those are still the ones that were compared.
  ///
  /// The ledger comes last, when all else is on the disk: with its lines there, everything was written.
  func finish() throws(JournalError) {
    let ledger = entry.lines.isEmpty ? [] : staged.filter { $0.path == entry.ledger.path }
    let others = staged.filter { entry.lines.isEmpty || $0.path != entry.ledger.path }
    for file in others { try rename(file) }
    try sync(others)
    for file in ledger { try rename(file) }
    try sync(ledger)
  }

  private func rename(_ file: Staged) throws(JournalError) {
    do throws(FileError) {
      guard try file.folder.status(file.name).map(FileContents.Identity.init) == file.old else { throw .changed }
      switch (file.temporary, file.old) {
      case (nil, _): try file.folder.remove(file.name)
      case (let temporary?, nil): try file.folder.rename(temporary, toFree: file.name)
      case (let temporary?, _?): try file.folder.rename(temporary, to: file.name)
      }
    } catch {
      throw .file(file.path, error)
    }
  }

  /// Waits until the names in the files' folders are on the disk, each folder once.
  private func sync(_ files: [Staged]) throws(JournalError) {
    var synced: Set<Substring> = []
    for file in files where synced.insert(file.path.dropLast(file.name.count)).inserted {
      do throws(FileError) {
        try file.folder.sync()
      } catch {
        throw .file(file.path, error)
      }
    }
  }

  /// Removes the new files that did not take a name, and folders that were made for them.
  func discard() {
    for file in staged {
      if let temporary = file.temporary { try? file.folder.remove(temporary) }
    }
    session.removeFolders(entry.folders)
  }
}
