internal import Foundation
internal import Synchronization
package import TriageMessages

/// Events on their way to the screens: posted from any thread, taken by the one loop, which a byte on a pipe wakes.
package final class EventQueue: Sendable {
  private struct Waiting {
    var events: [Event] = []
    var isWoken = false
  }

  private let waiting = Mutex(Waiting())
  /// The end of the pipe to poll.
  package let wakeHandle: Int32
  private let writeHandle: Int32

  /// A queue with its pipe; nil when the system has no more file handles.
  package init?() {
    var handles: [Int32] = [0, 0]
    guard pipe(&handles) == 0 else { return nil }
    for handle in handles {
      _ = fcntl(handle, F_SETFL, O_NONBLOCK)
      _ = fcntl(handle, F_SETFD, FD_CLOEXEC)
    }
    wakeHandle = handles[0]
    writeHandle = handles[1]
  }

  deinit {
    close(wakeHandle)
    close(writeHandle)
  }

  /// Adds an event; a count of progress that was not taken yet is replaced by the newer one.
  package func post(_ event: Event) {
    let mustWake = waiting.withLock { waiting in
      if case .loading = event, case .loading = waiting.events.last { waiting.events.removeLast() }
      waiting.events.append(event)
      defer { waiting.isWoken = true }
      return !waiting.isWoken
    }
    if mustWake {
      var byte: UInt8 = 1
      _ = write(writeHandle, &byte, 1)
    }
  }

  /// All events that wait, oldest first.
  package func take() -> [Event] {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wakeHandle, &bytes, bytes.count) > 0 {}
    return waiting.withLock { waiting in
      defer { waiting = Waiting() }
      return waiting.events
    }
  }
}
