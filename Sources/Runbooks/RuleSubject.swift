package import TriageModel

/// What rules can ask of a failure.
package struct RuleSubject: Sendable {
  /// The test's id.
  package var id: String
  /// What its failing attempts said: type, message and details of each failure.
  package var texts: [[UInt8]] = []
  /// The key of what it said; nil when it said nothing.
  package var signature: SignatureKey?
  /// What kind of failure it is: `test` or `suite`, and `golden` where a golden changed.
  package var kinds: Set<String> = []
  /// Its markers, as its report names them.
  package var markers: Set<String> = []
  /// The labels of its run and its leg.
  package var labels: [String: String] = [:]
  /// What the history says; nil where it has not spoken.
  package var verdict: Verdict.Label?
  /// The files where it is defined and where it failed.
  package var paths: [String] = []

  /// A failure of which only the test is known.
  package init(id: String) { self.id = id }
}
/// What kind of failure a rule can ask for.
package enum FailureKind: String, MachineWord, Sendable {
  /// A test failed.
  case test
  /// A failure outside any one test: a collection error, a suite's own error.
  case suite
  /// A golden changed.
  case golden
}
