internal import Foundation
internal import Synchronization

/// Does blocking work on threads of its own, as many at a time as are asked for, whatever the number of cores.
package enum ParallelWork {
  /// Calls `next` from each thread until it has nothing more, does what it gives, and returns when all have ended.
  package static func run(threads: Int, _ next: @escaping @Sendable () -> (@Sendable () -> Void)?) {
    let source = Source(next)
    let group = DispatchGroup()
    for _ in 0..<max(1, threads) {
      group.enter()
      let thread = Thread {
        while let work = source.take() { work() }
        group.leave()
      }
      // Reports are read on it: the same room as on the main thread.
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    source.empty()
  }

  /// What gives the work, for as long as it is wanted. A thread lets go of what it holds only when its own data is torn
  /// down: a database that is closed there for the last time finds the queues' memory freed already, and breaks the heap.
  private final class Source: Sendable {
    private let next: Mutex<(@Sendable () -> (@Sendable () -> Void)?)?>

    init(_ next: @escaping @Sendable () -> (@Sendable () -> Void)?) { self.next = Mutex(next) }

    func take() -> (@Sendable () -> Void)? {
      let next = next.withLock { $0 }
      return next?()
    }

    func empty() { next.withLock { $0 = nil } }
  }
}
