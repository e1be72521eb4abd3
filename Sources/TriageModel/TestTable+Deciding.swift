/// The failure that a test's history knows it by.
extension TestTable {
  /// The first failure of the first failing attempt that says anything; nil when no attempt failed, or none does.
  ///
  /// What follows is mostly its result: a tear-down after it, or a retry in what it left behind (pytest-mpl's retries
  /// fail in the plug-in itself, whatever the test did).
  package func decidingFailure(of test: TestIndex) -> FailureRecord? {
    var found: FailureRecord?
    forEachAttempt(of: test) { attempt in
      if found == nil, attempt.outcome.isFailing, attempt.failure != Self.none {
        found = failures[Int(attempt.failure)].record
      }
    }
    return found
  }
}
