/// What became of a repository's tests since a person looked at its runs last.
package struct LookDifference: Sendable, Equatable {
  /// The run that was looked at last.
  package var run: RunRecord
  /// Names of tests that fail now and did not then.
  package var newlyFailing: [String]
  /// Names of tests that failed then and pass now.
  package var fixed: [String]

  /// What became of tests since a run.
  package init(run: RunRecord, newlyFailing: [String], fixed: [String]) {
    self.run = run
    self.newlyFailing = newlyFailing
    self.fixed = fixed
  }
}
