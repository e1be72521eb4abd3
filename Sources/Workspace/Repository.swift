internal import SafeText
internal import Foundation
internal import Synchronization
internal import SystemKit

/// The repository whose goldens, mutes, owners and runbooks are meant.
package final class Repository: Sendable {
  /// The folder that holds `.git`, an absolute path without links.
  package let root: String
  private let known = Mutex<[String: Bool]>([:])

  /// A repository at a folder that is known to be one.
  package init(root: String) {
    self.root = root
  }

  /// The repository around a folder: the nearest one upwards with a `.git`, which worktrees have as a file; nil outside.
  package static func around(_ folder: String) -> Repository? {
    guard var path = FilePath.resolved(folder) else { return nil }
    while true {
      if access(path == "/" ? "/.git" : path + "/.git", F_OK) == 0 { return Repository(root: path) }
      guard path != "/", let slash = path.lastIndex(of: "/") else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  /// Whether the repository has a file or folder at a relative path; what leads out of it is not there.
  package func has(_ relative: String) -> Bool {
    guard let path = PathText.normal(relative) else { return false }
    return known.withLock { known in
      if let answer = known[path] { return answer }
      let answer = access(root + "/" + path, F_OK) == 0
      if known.count < 200_000 { known[path] = answer }
      return answer
    }
  }
}

/// Reads configuration files: small, regular, whole.
package enum TextFile {
  /// The text of a file; nil when there is none.
  package static func read(_ path: String, shownAs file: String) throws(ConfigurationError) -> String? {
    do throws(FileReadError) {
      return String(decoding: try RegularFile.bytes(path, limit: YAMLDocument.sizeLimit), as: UTF8.self)
    } catch {
      if error.isMissing { return nil }
      if case .tooLarge = error {
        throw ConfigurationError(file: file, cause: .limit("it is larger than 1 MiB (limit)"))
      }
      throw ConfigurationError(file: file, cause: .system(error.description))
    }
  }
}
