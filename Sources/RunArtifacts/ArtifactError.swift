internal import SafeText
internal import Foundation
internal import SystemKit
internal import TriageModel

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

/// Something in a folder or archive that was left alone, and why.
package struct Refusal: Sendable, Equatable {
  /// The path inside the folder or archive, as it was written there.
  package let path: String
  /// Why, a clause in lower case: "the link leads out of the folder".
  package let reason: String

  /// A refusal of what lies at `path`.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// What was left alone, the first entries by name and the rest by number: an archive may hold a million links.
struct RefusalList {
  private let limits: ArtifactLimits
  private let isReport: (String) -> Bool
  private var named: [Refusal] = []
  private var unnamed = 0
  /// The first file that was to be a report and is not among those named.
  private(set) var lostReport: String?

  /// A list within limits; `isReport` tells by a file's name, without its folders, that it is missed when refused.
  init(limits: ArtifactLimits, isReport: @escaping (String) -> Bool = { _ in false }) {
    self.limits = limits
    self.isReport = isReport
  }

  /// Adds what lies at `path`, with the reason as in `Refusal`.
  mutating func append(path: String, reason: String) {
    if named.count < limits.refusals {
      named.append(Refusal(path: shortened(path), reason: reason))
      return
    }
    unnamed += 1
    if lostReport == nil, isReport(PathText.name(path)) {
      lostReport = shortened(path)
    }
  }

  /// Those named, and one for the rest.
  var all: [Refusal] {
    if unnamed == 0 { return named }
    return named + [Refusal(path: "…", reason: "and \(CountText.of(unnamed)) more")]
  }

  /// A path cut in its middle: its folders say whose it is, its end what it was.
  private func shortened(_ path: String) -> String {
    let bytes = path.utf8
    guard bytes.count > limits.nameBytes else { return path }
    let mark = "…"
    let end = min(limits.nameBytes / 2, 256)
    let start = max(limits.nameBytes - end - mark.utf8.count, 0)
    return String(decoding: bytes.prefix(start), as: UTF8.self) + mark
      + String(decoding: bytes.suffix(end), as: UTF8.self)
  }
}
