package import TriageModel
package import Workspace

/// What of a repository may run commands: files whose bytes a person accepted.
extension DecisionService {
  /// The id under which the journal keeps these.
  private static let action = "trust"

  /// Accepts the commands of a file as its bytes are, or none of it any longer, through the journal.
  ///
  /// - Parameters:
  ///   - path: The file, relative to the repository.
  ///   - hash: The hash of its bytes; nil takes back what was accepted.
  /// - Returns: The entry that `undo` takes back; nil when nothing changed.
  @discardableResult
  package func trust(_ path: String, _ hash: ContentHash?) throws(JournalError) -> JournalEntry? {
    guard let journal, refusal == nil else { throw .refused(refusal ?? "") }
    let before = accepted(path)
    guard before != hash else { return nil }
    let title =
      hash.map { "trusted \(path) as it is (\($0.short))" } ?? "\(path) is trusted no longer (\(before?.short ?? ""))"
    var draft = JournalDraft(
      action: Self.action, title: title, who: person, time: WallClock.now(environment: environment))
    draft.trusts = [JournalEntry.Trust(path: path, old: before, new: hash)]
    return try journal.commit(draft)
  }

  /// The bytes of a file that the person accepted; nil when none were.
  package func accepted(_ path: String) -> ContentHash? {
    repository.flatMap { TrustStore(directories).accepted($0.root + "/" + path) }
  }
}
