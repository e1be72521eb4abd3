/// The failure that a test's history knows it by.
extension TestTable {
  /// The first failure of the last failing attempt; nil when no attempt failed, or none says anything.
  ///
  /// It is the last because a retry's own failure is the one that decided, and the first of that attempt because what
  /// follows (a tear-down) is mostly its result.
  package func decidingFailure(of test: TestIndex) -> FailureRecord? {
    var found: FailureRecord?
    forEachAttempt(of: test) { attempt in
      if attempt.outcome.isFailing, attempt.failure != Self.none {
        found = failures[Int(attempt.failure)].record
      }
    }
    return found
  }
}
