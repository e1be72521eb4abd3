internal import Foundation

/// Tells whether files changed since they were last looked at, by size and time of their last change.
///
/// It looks when asked, once a second while `--watch` is on: inotify misses network folders, and macOS has another.
struct FileWatch {
  private struct Mark: Equatable {
    let size: Int64
    let seconds: Int
    let nanoseconds: Int
  }

  private let paths: [String]
  private var marks: [String: Mark] = [:]

  /// A watch over files, and over folders for what is added to them or taken away.
  init(paths: [String]) {
    self.paths = paths
    marks = Self.look(at: paths)
  }

  /// Whether something changed since the last look.
  mutating func hasChanged() -> Bool {
    let now = Self.look(at: paths)
    defer { marks = now }
    return now != marks
  }

  private static func look(at paths: [String]) -> [String: Mark] {
    var marks: [String: Mark] = [:]
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      marks[path] = Mark(size: Int64(status.st_size), seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
    }
    return marks
  }
}
