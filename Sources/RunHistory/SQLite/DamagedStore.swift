internal import Foundation

/// A store that does not read, or did not: it is set aside under another name, never deleted.
struct DamagedStore {
  /// The file of the store.
  let path: String

  private var mark: String { path + ".suspect" }

  /// Whether damage was met in it since it was last looked at as a whole.
  var isSuspected: Bool { access(mark, F_OK) == 0 }

  /// Has the next start look at all of it.
  func suspect() { close(Foundation.open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0o644)) }

  /// Takes the suspicion away.
  func clear() { unlink(mark) }

  /// Sets it aside and opens a new one; what came of it, and what there is to say.
  ///
  /// Of several processes that find the damage at once one does it, and the others open what it made.
  func replace<Store>(
    _ open: () throws(HistoryError) -> Store
  ) throws(HistoryError) -> (Store, notice: String?) {
    let lock = Foundation.open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw .readOnly(path) }
    defer { close(lock) }
    while flock(lock, LOCK_EX) < 0, errno == EINTR {}
    do {
      return (try open(), nil)
    } catch .damaged(let words) {
      let aside = try setAside(because: words)
      return (
        try open(), "the history was damaged (\(words)); it was set aside as \(aside), and a new one begun"
      )
    }
  }

  /// Renames the store and what belongs to it; returns the new name.
  private func setAside(because words: String) throws(HistoryError) -> String {
    let number = (1...).first { access("\(path).damaged-\($0)", F_OK) != 0 } ?? 1
    let aside = "\(path).damaged-\(number)"
    // The log goes first: SQLite deletes one that it finds beside an empty store.
    for suffix in ["-wal", "-shm"] { rename(path + suffix, aside + suffix) }
    guard rename(path, aside) == 0 else { throw .damaged(words) }
    clear()
    return (aside as NSString).lastPathComponent
  }
}
