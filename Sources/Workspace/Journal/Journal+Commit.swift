internal import Foundation
internal import TriageModel

extension Journal {
  /// Does all of a draft, or nothing.
  ///
  /// Each file is compared with what the draft expects; the old bytes and the new are kept; the entry is written; the
  /// new files are made beside the old ones; then each takes the old one's name. All of it reaches the disk in this order.
  @discardableResult
  package func commit(_ draft: JournalDraft) throws(JournalError) -> JournalEntry {
    let session = try JournalSession(self)
    try recover(in: session)
    return try commit(draft, in: session)
  }

  func commit(_ draft: JournalDraft, in session: JournalSession) throws(JournalError) -> JournalEntry {
    let writes = draft.writes + (try mergeRules(for: draft))
    var known: [FileContents?] = []
    for write in writes { known.append(try keep(write, in: session)) }
    try session.check(draft.trusts)
    var entry = try open(draft, zip(writes, known).map { ($0, $1?.mode) }, in: session)
    var staging = Staging(entry: entry, session: session)
    do throws(JournalError) {
      try staging.stage(writes, known.map { $0?.identity })
      try staging.stageLedger(draft.lines)
    } catch {
      staging.discard()
      // Nothing of the repository was touched: the entry says so, or the next start finds out.
      try? session.mark(&entry, .back)
      throw error
    }
    do throws(JournalError) {
      for trust in draft.trusts { try session.set(trust) }
      try staging.finish()
    } catch {
      staging.discard()
      if try takeBack(&entry, after: error, in: session) { throw error }
    }
    // All is written; an entry that stays open is found to be done at the next start.
    try? session.mark(&entry, .done)
    prune(in: session)
    return entry
  }

  /// Compares a file with what is expected, and keeps its bytes and those it gets.
  private func keep(
    _ write: JournalDraft.Write, in session: JournalSession
  ) throws(JournalError) -> FileContents? {
    let old: FileContents?
    do throws(FileError) {
      old = try write.file.contents()
      guard old?.hash == write.expected else { throw .changed }
    } catch {
      throw .file(write.file.path, error)
    }
    do throws(FileError) {
      if let old, let hash = write.expected { try session.keep(old.bytes, as: hash) }
      if let bytes = write.bytes { try session.keep(bytes, as: ContentHash(of: bytes)) }
    } catch {
      throw .journal(error)
    }
    // The bytes are kept on the disk by now.
    return old?.withoutBytes
  }

  private func open(
    _ draft: JournalDraft, _ writes: [(JournalDraft.Write, mode_t?)], in session: JournalSession
  ) throws(JournalError) -> JournalEntry {
    do throws(FileError) {
      let changes = writes.map { write, mode in
        JournalEntry.Change(
          path: write.file.path, old: write.expected, new: write.bytes.map { ContentHash(of: $0) }, mode: mode,
          isUndoable: write.file.path != MergeAttributes.path)
      }
      let token = String(UInt64.random(in: .min ... .max), radix: 36)
      let entry = JournalEntry(
        number: try session.nextNumber(), kind: draft.kind, state: .open, title: draft.title, who: draft.who,
        user: Int(getuid()), time: draft.time, reverses: draft.reverses, root: repository.root, token: token,
        changes: changes, folders: missingFolders(draft, writes.map(\.0)), ledger: draft.ledger, lines: draft.lines,
        trusts: draft.trusts)
      try session.write(entry)
      return entry
    } catch {
      throw .journal(error)
    }
  }

  private func missingFolders(_ draft: JournalDraft, _ writes: [JournalDraft.Write]) -> [String] {
    var files = writes.map(\.file)
    if !draft.lines.isEmpty { files.append(RepositoryFile(root: repository.root, resolved: draft.ledger.path)) }
    return Set(files.flatMap(\.missingFolders)).sorted()
  }

  /// What makes git merge the files that are written line by line, where that is missing.
  private func mergeRules(for draft: JournalDraft) throws(JournalError) -> [JournalDraft.Write] {
    let files = draft.writes.map(\.file.path) + (draft.lines.isEmpty ? [] : [draft.ledger.path])
    do throws(FileError) {
      let file = try RepositoryFile(own: MergeAttributes.path, in: repository)
      let old = try file.bytes()
      guard let new = MergeAttributes.adding(rulesFor: files, to: old) else { return [] }
      return [JournalDraft.Write(file, expected: old.map { ContentHash(of: $0) }, bytes: new)]
    } catch {
      throw .file(MergeAttributes.path, error)
    }
  }
}
