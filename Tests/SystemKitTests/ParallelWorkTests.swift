import Synchronization
import SystemKit
import Testing

struct ParallelWorkTests {
  private final class Held: Sendable {}

  @Test func doesEachPieceOnce() {
    let waiting = Mutex(Array(0..<200))
    let done = Mutex<[Int]>([])
    ParallelWork.run(threads: 8) {
      guard let piece = waiting.withLock({ $0.popLast() }) else { return nil }
      return { done.withLock { $0.append(piece) } }
    }
    #expect(done.withLock { $0.sorted() } == Array(0..<200))
  }

  /// A database that a thread closes while it is torn down breaks the heap: no thread holds anything by then.
  @Test func holdsNothingWhenItReturns() {
    for _ in 0..<50 {
      weak var seen: Held?
      do {
        let held = Held()
        seen = held
        ParallelWork.run(threads: 4) {
          _ = held
          return nil
        }
      }
      #expect(seen == nil)
    }
  }
}
