package import FailureAnalysis
internal import Foundation
internal import Synchronization
package import TriageModel

/// The signatures of a run's failures, each text masked once, on all cores.
package struct FailureSignatures: Sendable, Equatable {
  /// A thread with less than this to do is not worth its start.
  private static let fewestTests = 256

  private var keys: [TestIndex: SignatureKey] = [:]
  private let signatures: [SignatureKey: Signature]
  /// The failing items that failing tests say too: found once a run, for every failure's text is searched for them.
  package private(set) var wrapped = WrappedItems.none

  /// The signatures of all tests of a table of which an attempt may have failed.
  package init(of table: TestTable) {
    let tests = (0..<table.count).lazy.map { TestIndex($0) }.filter {
      table.outcome(of: $0).isFailing || !table.hasSingleAttempt($0)
    }
    self.init(of: Array(tests), in: table)
  }

  /// The signatures of some tests; `threads` changes how long it takes and nothing else.
  package init(
    of tests: [TestIndex], in table: TestTable, threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    let share = max(Self.fewestTests, (tests.count + max(threads, 1) - 1) / max(threads, 1))
    let starts = Array(stride(from: 0, to: tests.count, by: share))
    let made = Mutex<[Int: SignatureBatch]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { place in
      let batch = SignatureBatch(of: tests[starts[place]..<min(starts[place] + share, tests.count)], in: table)
      made.withLock { $0[place] = batch }
    }
    var whole = SignatureBatch(of: [], in: table)
    made.withLock { batches in
      for place in starts.indices { if let batch = batches.removeValue(forKey: place) { whole.append(batch) } }
    }
    for (test, key) in zip(tests, whole.keys) { keys[test] = key }
    signatures = whole.signatures
    // What a test says too has the test's cause.
    if table.itemCounts.failing > 0 {
      wrapped = WrappedItems(in: table)
      for (item, test) in wrapped.tests where keys[item] != nil {
        keys[item] = keys[test] ?? keys[item]
      }
    }
  }

  /// The key of what a test said; nil when it failed in no attempt or says nothing.
  package func key(of test: TestIndex) -> SignatureKey? { keys[test] }

  /// What a test said; nil when it failed in no attempt or says nothing.
  package func signature(of test: TestIndex) -> Signature? { keys[test].flatMap { signatures[$0] } }

  /// What some tests said, each signature with the number of tests that have it, by key.
  func counted(_ tests: [TestIndex]) -> [CountedSignature] {
    var counts: [SignatureKey: Int] = [:]
    for test in tests { if let key = keys[test] { counts[key, default: 0] += 1 } }
    return counts.sorted { $0.key < $1.key }.compactMap { key, count in
      signatures[key].map { CountedSignature($0, count: count) }
    }
  }
}
