internal import Foundation
internal import Synchronization

/// The two ends of a pipe, which no program that is started inherits by chance.
struct PipeEnds {
  let reading: Int32
  let writing: Int32

  /// Held while a pipe is made and while a program is started: `pipe2`, which would need no lock, is not in Swift's
  /// Glibc, and a program that is started before the ends are marked holds them open as long as it runs.
  private static let gate = Mutex(())

  /// A new pipe, to be closed by the caller; nil with `errno` set when the system has no more file handles.
  init?() {
    let ends = Self.gate.withLock { _ -> [Int32]? in
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return ends
    }
    guard let ends else { return nil }
    reading = ends[0]
    writing = ends[1]
  }

  /// Starts a program by `posix_spawn` while no pipe is half made, and gives its result.
  static func whileNoneIsMade(_ start: () -> Int32) -> Int32 { gate.withLock { _ in start() } }
}
