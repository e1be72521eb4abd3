internal import Foundation
internal import Synchronization

/// Keeps the processors busy while something else is done.
package enum BusyLoad {
  /// Does some work while as many threads as are asked for do nothing but count.
  package static func during<Result>(threads: Int, _ work: () -> Result) -> Result {
    let load = Load()
    for _ in 0..<max(0, threads) {
      let thread = Thread { load.spin() }
      thread.stackSize = 1 << 16
      thread.start()
    }
    defer { load.end() }
    return work()
  }

  private final class Load: Sendable {
    private let isOver = Atomic(false)

    func spin() {
      while !isOver.load(ordering: .relaxed) {}
    }

    func end() { isOver.store(true, ordering: .relaxed) }
  }
}
