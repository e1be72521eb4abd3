internal import Foundation

/// Tells whether files changed since they were last looked at, by size and time of their last change.
///
/// It looks when asked, once a second while `--watch` is on: inotify misses network folders, and macOS has another.
package struct FileWatch {
  private struct Mark: Equatable {
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    var time: Double { Double(seconds) + Double(nanoseconds) / 1e9 }
  }

  /// How far the times of files lag behind the clock, in seconds: a tick of the kernel.
  private static let tick = 0.02

  private let paths: [String]
  private var marks: [String: Mark] = [:]

  /// A watch over files, and over folders for what is added to them or taken away, that were read from `start` on.
  ///
  /// What was written while they were read, in seconds since 1970, has changed: nobody knows which half was read.
  package init(paths: [String], readSince start: Double) {
    self.paths = paths
    let now = Date().timeIntervalSince1970
    marks = Self.look(at: paths).filter { !(start - Self.tick...max(start, now)).contains($0.value.time) }
  }

  /// Whether something changed since the last look.
  package mutating func hasChanged() -> Bool {
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
