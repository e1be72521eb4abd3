/// How a test ended in one attempt of a rerun.
package enum RerunOutcome: Sendable, Equatable {
  /// It ran and passed at once.
  case passed
  /// It failed, perhaps to pass on a retry of its framework; the key of what it said, where it said something.
  case failed(SignatureKey?)
  /// Nothing follows from the attempt: why, as a clause. A test that did not run did not pass.
  case unusable(String)

  /// Whether it failed; nil where nothing follows.
  package var isFailure: Bool? {
    switch self {
    case .passed: false
    case .failed: true
    case .unusable: nil
    }
  }

  /// The word of machines: `passed`, `failed`, `unusable`.
  package var word: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .unusable: "unusable"
    }
  }
}
