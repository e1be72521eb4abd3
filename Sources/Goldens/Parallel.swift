internal import Dispatch
internal import Synchronization

/// Work that is split over the processor's cores.
package enum Parallel {
  /// The results of `work` for 0, 1, 2 …, in order; it runs on several threads at once.
  package static func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    if count <= 1 { return (0..<max(0, count)).map(work) }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = work(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
