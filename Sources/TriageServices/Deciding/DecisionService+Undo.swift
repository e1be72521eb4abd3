package import TriageActions
internal import TriageModel
package import Workspace

extension DecisionService {
  /// The entry that would be taken back, or done again: the newest, or a certain one.
  package func offer(isRedo: Bool, number: Int? = nil) throws(JournalError) -> UndoOffer {
    guard let journal, refusal == nil else { throw .refused(refusal ?? "") }
    let entry = try journal.offer(isRedo: isRedo, number: number)
    var offer = UndoOffer(
      entry: entry.number, isRedo: isRedo, title: entry.title,
      files: entry.changes.filter(\.isUndoable).map(\.path), ledger: entry.lines.isEmpty ? nil : entry.ledger.path)
    offer.remarks = entry.trusts.map { trust in
      let hash = isRedo ? trust.new : trust.old
      return "\(trust.path): trusted " + (hash.map { "as \($0.short)" } ?? "no longer")
    }
    if entry.ledger == .notes, entry.lines.contains(where: { Note(json: $0)?.kind == .ran }) {
      offer.remarks.append("only the note of it: what the block did stays done")
    }
    return offer
  }

  /// Takes back, or does again, what was offered.
  @discardableResult
  package func undo(_ offer: UndoOffer) throws(JournalError) -> JournalEntry {
    guard let journal, refusal == nil else { throw .refused(refusal ?? "") }
    return try journal.undo(
      offer.entry, isRedo: offer.isRedo, who: person, time: WallClock.now(environment: environment))
  }

  /// Mends what a crash left half done, and says what it found, a sentence each; nothing when nothing may be written.
  package func recover() -> [String] {
    guard let journal, permission.refusal == nil else { return [] }
    do throws(JournalError) {
      return try journal.recover().map(\.words)
    } catch {
      return ["\(error)"]
    }
  }
}
