internal import Foundation
internal import TriageModel

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
