/// How a run differs from an earlier one.
package struct RunComparison: Sendable, Equatable {
  /// A test in both runs, or in one.
  package struct Item: Sendable, Equatable {
    /// The test's stable name.
    package var test: String
    /// What it did in the earlier run; nil when it was not there.
    package var before: ResultRecord?
    /// What it did in the later run; nil when it was not there.
    package var after: ResultRecord?

    /// A test and what it did in both runs.
    package init(test: String, before: ResultRecord?, after: ResultRecord?) {
      self.test = test
      self.before = before
      self.after = after
    }
  }

  /// Fails now and did not before; tests that are new and fail are here as well.
  package var newlyFailing: [Item] = []
  /// Failed before and does not now.
  package var fixed: [Item] = []
  /// Fails in both.
  package var stillFailing: [Item] = []
  /// Only in the later run.
  package var added: [Item] = []
  /// Only in the earlier run.
  package var vanished: [Item] = []
  /// Took at least twice as long and half a second longer, the greatest difference first.
  package var slower: [Item] = []

  /// Nothing differs.
  package init() {}
}
