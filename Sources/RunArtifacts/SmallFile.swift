internal import Foundation

/// Whole small files, as text.
package enum SmallFile {
  /// The text of a regular file of at most `limit` bytes, with U+FFFD for what is not UTF-8; nil when there is none.
  package static func read(_ path: String, limit: Int) -> String? {
    bytes(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a regular file of at most `limit` bytes; nil when there is none.
  package static func bytes(_ path: String, limit: Int) -> [UInt8]? {
    guard let file = try? OpenFile(path), file.size <= limit else { return nil }
    return file.prefix(limit)
  }

  /// The first bytes of a regular file, at most `count`; nil when it cannot be read.
  package static func head(_ path: String, count: Int) -> [UInt8]? {
    (try? OpenFile(path))?.prefix(count)
  }

  /// Replaces a file by the given text; false when the system refuses.
  static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Array(text.utf8).withUnsafeBytes { UnpackTree.write($0, to: descriptor) }
  }
}
