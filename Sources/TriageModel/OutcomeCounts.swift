/// How many tests of a run ended how; the parts sum to the total.
package struct OutcomeCounts: Sendable, Equatable {
  private var counts: [Int]

  /// Zero of everything.
  package init() {
    counts = Array(repeating: 0, count: Outcome.allCases.count)
  }

  /// The number of tests that ended with the given outcome.
  package subscript(outcome: Outcome) -> Int {
    get { counts[Int(outcome.rawValue)] }
    set { counts[Int(outcome.rawValue)] = newValue }
  }

  /// All tests.
  package var total: Int { counts.reduce(0, +) }

  /// Tests a person must look at: failed, errored and timed out.
  package var failing: Int { self[.failed] + self[.errored] + self[.timedOut] }

  /// Adds another run's counts to these.
  package mutating func add(_ other: OutcomeCounts) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
