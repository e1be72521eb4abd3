extension Outcome {
  /// Whether the test ran and did not fail.
  package var isPass: Bool {
    switch self {
    case .passed, .passedOnRetry, .unexpectedPass: true
    case .failed, .errored, .timedOut, .skipped, .expectedFailure: false
    }
  }
}
