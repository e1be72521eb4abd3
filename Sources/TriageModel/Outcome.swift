/// How one test, or one attempt at it, ended.
///
/// The set is closed: a reader maps its dialect onto it, and a run's counts list all of them.
package enum Outcome: UInt8, Sendable, CaseIterable, Codable {
  case passed
  /// Failed at first, then passed in the same run: never hidden among the passed.
  case passedOnRetry
  /// An assertion said no.
  case failed
  /// The test could not be carried out: set-up, tear-down, collection, a crash.
  case errored
  case timedOut
  case skipped
  case expectedFailure
  /// Passed although a failure was expected, and the tool does not count that as a failure.
  case unexpectedPass

  /// Whether a person must look at it before the run can be called good.
  package var isFailing: Bool {
    switch self {
    case .failed, .errored, .timedOut: true
    case .passed, .passedOnRetry, .skipped, .expectedFailure, .unexpectedPass: false
    }
  }

  /// Whether a person should know of it: it fails, or it only passed at another try, or against expectation.
  package var needsAttention: Bool { isFailing || self == .passedOnRetry || self == .unexpectedPass }

  /// The name used in JSON and in the filter language (`passed_on_retry`).
  package var name: String {
    switch self {
    case .passed: "passed"
    case .passedOnRetry: "passed_on_retry"
    case .failed: "failed"
    case .errored: "errored"
    case .timedOut: "timed_out"
    case .skipped: "skipped"
    case .expectedFailure: "expected_failure"
    case .unexpectedPass: "unexpected_pass"
    }
  }

  /// The words shown to people.
  package var words: String {
    switch self {
    case .passed: "passed"
    case .passedOnRetry: "passed on retry"
    case .failed: "failed"
    case .errored: "errored"
    case .timedOut: "timed out"
    case .skipped: "skipped"
    case .expectedFailure: "expected failure"
    case .unexpectedPass: "unexpected pass"
    }
  }

  /// One letter that carries the outcome where colour cannot; unique among the outcomes.
  package var letter: Character {
    switch self {
    case .passed: "."
    case .passedOnRetry: "r"
    case .failed: "F"
    case .errored: "E"
    case .timedOut: "T"
    case .skipped: "s"
    case .expectedFailure: "x"
    case .unexpectedPass: "X"
    }
  }

  /// Worst first: the order of a list sorted by outcome.
  package var severity: Int {
    switch self {
    case .errored: 0
    case .failed: 1
    case .timedOut: 2
    case .passedOnRetry: 3
    case .unexpectedPass: 4
    case .expectedFailure: 5
    case .skipped: 6
    case .passed: 7
    }
  }

  /// The outcome of a test from its attempts, oldest first; nil without attempts.
  ///
  /// Only a pass mends a failure, as `passedOnRetry`: a test that failed and was then skipped is failed. Else the last
  /// attempt decides.
  package static func of(attempts: some Sequence<Outcome>) -> Outcome? {
    var result: Outcome?
    for outcome in attempts { result = result?.followed(by: outcome) ?? outcome }
    return result
  }

  /// The outcome of a test that had ended so before it was tried once more.
  package func followed(by next: Outcome) -> Outcome {
    if isFailing {
      if next.isPass { return next == .passed ? .passedOnRetry : next }
      return next.isFailing ? next : self
    }
    if self == .passedOnRetry, !next.isFailing { return .passedOnRetry }
    return next
  }
}

extension Outcome {
  /// Whether the test ran and did not fail.
  package var isPass: Bool {
    switch self {
    case .passed, .passedOnRetry, .unexpectedPass: true
    case .failed, .errored, .timedOut, .skipped, .expectedFailure: false
    }
  }
}

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
