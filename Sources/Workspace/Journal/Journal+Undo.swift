internal import Foundation
package import TriageModel

extension Journal {
  /// The entry that would be taken back, or done again; the person's own ones only.
  ///
  /// - Parameter number: A certain entry; else the newest.
  package func offer(isRedo: Bool, number: Int? = nil) throws(JournalError) -> JournalEntry {
    try Self.offer(isRedo: isRedo, number: number, among: entries())
  }

  /// Takes an entry back, or does it again: the files get the bytes of before (or after), if they are still as it left them.
  @discardableResult
  package func undo(
    _ number: Int? = nil, isRedo: Bool = false, who: String, time: Timestamp
  ) throws(JournalError) -> JournalEntry {
    let session = try JournalSession(self)
    try recover(in: session)
    let entries: [JournalEntry]
    do throws(FileError) { entries = try Self.entries(in: session.folder) } catch { throw .journal(error) }
    let entry = try Self.offer(isRedo: isRedo, number: number, among: entries)
    var draft = JournalDraft(kind: isRedo ? .redo : .undo, title: entry.title, who: who, time: time)
    draft.reverses = entry.number
    for change in entry.changes where change.isUndoable {
      draft.writes.append(try reversal(of: change, isRedo: isRedo, in: session))
    }
    draft.trusts = isRedo ? entry.trusts : entry.trusts.map(\.reversed)
    draft.ledger = entry.ledger
    draft.lines = entry.lines.compactMap { line in
      isRedo ? entry.ledger.again(line, who: who, time: time) : entry.ledger.takenBack(line, who: who, time: time)
    }
    let done = try commit(draft, in: session)
    if !isRedo { session.removeFolders(entry.folders) }
    return done
  }

  private func reversal(
    of change: JournalEntry.Change, isRedo: Bool, in session: JournalSession
  ) throws(JournalError) -> JournalDraft.Write {
    let (from, to) = isRedo ? (change.old, change.new) : (change.new, change.old)
    do throws(FileError) {
      let bytes = try to.flatMap { hash throws(FileError) in try session.kept(hash) }
      if to != nil, bytes == nil { throw .forgotten }
      let file = try RepositoryFile(own: change.path, in: repository)
      guard file.path == change.path else { throw .changed }
      var write = JournalDraft.Write(file, expected: from, bytes: bytes)
      write.mode = change.mode
      return write
    } catch {
      throw .file(change.path, error)
    }
  }

  static func offer(isRedo: Bool, number: Int?, among entries: [JournalEntry]) throws(JournalError) -> JournalEntry {
    let (done, undone) = stacks(entries)
    let verb = isRedo ? "do again" : "take back"
    guard let number else {
      guard let entry = (isRedo ? undone : done).last else {
        throw .notUndoable("could not \(verb) anything: the journal of this repository has nothing of yours")
      }
      return entry
    }
    if let entry = (isRedo ? undone : done).last(where: { $0.number == number }) { return entry }
    let state = entries.first { $0.number == number }
    throw .notUndoable("could not \(verb) entry \(number): \(reason(state, isRedo: isRedo))")
  }

  private static func reason(_ entry: JournalEntry?, isRedo: Bool) -> String {
    guard let entry else { return "the journal has no such entry" }
    if entry.user != Int(getuid()) { return "it is not yours" }
    switch entry.kind {
    case .undo, .redo: return "it is itself an \(entry.kind.word) (of entry \(entry.reverses ?? 0))"
    case .action: break
    }
    return entry.state == .done ? (isRedo ? "it was not taken back" : "it was taken back already") : "it was never done"
  }

  /// What can be taken back, and what was and can be done again; newest last. A new decision ends what can be done again.
  static func stacks(_ entries: [JournalEntry]) -> (done: [JournalEntry], undone: [JournalEntry]) {
    var done: [JournalEntry] = []
    var undone: [JournalEntry] = []
    for entry in entries where entry.state == .done && entry.user == Int(getuid()) {
      switch entry.kind {
      case .action:
        done.append(entry)
        undone = []
      case .undo:
        guard let place = done.lastIndex(where: { $0.number == entry.reverses }) else { continue }
        undone.append(done.remove(at: place))
      case .redo:
        guard let place = undone.lastIndex(where: { $0.number == entry.reverses }) else { continue }
        done.append(undone.remove(at: place))
      }
    }
    return (done, undone)
  }
}
