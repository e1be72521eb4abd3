internal import Foundation

/// Does blocking work on threads of its own, as many at a time as are asked for, whatever the number of cores.
package enum ParallelWork {
  /// Calls `next` from each thread until it has nothing more, does what it gives, and returns when all have ended.
  package static func run(threads: Int, _ next: @escaping @Sendable () -> (@Sendable () -> Void)?) {
    let group = DispatchGroup()
    for _ in 0..<max(1, threads) {
      group.enter()
      let thread = Thread {
        while let work = next() { work() }
        group.leave()
      }
      // Reports are read on it: the same room as on the main thread.
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
  }
}
