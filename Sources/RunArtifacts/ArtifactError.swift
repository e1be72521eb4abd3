internal import Foundation
internal import SystemKit

/// Why artifacts could not be opened at all. The text fits "could not open X: {error}".
package enum ArtifactError: Error, Equatable, CustomStringConvertible {
  case missing
  case noPermission
  /// A pipe, a device, a socket: reading it could wait for ever.
  case notAFile
  /// There is nowhere to unpack to: the folder, and the system's words.
  case noCache(folder: String, words: String)
  /// The archive cannot be read from its first entry on; the reader's words.
  case notAnArchive(String)
  /// The person stopped it.
  case cancelled
  /// Anything else the system says.
  case system(String)

  /// What the person is told.
  package var description: String {
    switch self {
    case .missing: "there is no such file or folder"
    case .noPermission: "permission denied"
    case .notAFile: "it is neither a file nor a folder"
    case .noCache(let folder, let words): "the folder \(folder) to unpack into cannot be used (\(words))"
    case .notAnArchive(let words): "the archive cannot be read (\(words))"
    case .cancelled: "it was stopped"
    case .system(let words): words
    }
  }

  /// The error for a value of `errno`.
  init(errno code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing
    case EACCES, EPERM: self = .noPermission
    default: self = .system(SystemWords.of(code))
    }
  }

  /// The error for a file that was not opened.
  init(_ error: FileReadError) {
    switch error {
    case .system(let code): self.init(errno: code)
    case .notAFile: self = .notAFile
    case .tooLarge, .cut: self = .system(error.description)
    }
  }
}
