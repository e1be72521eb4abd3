package import TriageModel

/// A test that failed or was retried in a window.
package struct UnsteadyTest: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// Runs in which it failed, all attempts told.
  package var failures: Int
  /// Runs in which it was tried more than once.
  package var retried: Int
  /// Seconds of all its failed and retried results.
  package var seconds: Double
  /// The newest run in which it failed or was retried.
  package var lastSeen: RunKey
}

/// When a failure was seen.
package struct SignatureSpan: Sendable, Equatable {
  /// The oldest run that has it.
  package var first: RunKey
  /// The newest run that has it.
  package var last: RunKey
  /// How many results have it.
  package var count: Int
}

/// A test of a run and its leg.
package struct RunTest: Hashable, Sendable {
  /// The stable name.
  package let name: String
  /// The leg; empty where the run has none.
  package let leg: String

  /// A test in a leg.
  package init(name: String, leg: String) {
    self.name = name
    self.leg = leg
  }
}

/// Which run of a repository a person looked at last, and when.
package struct LastLook: Sendable, Equatable {
  /// The run; it may have been forgotten since.
  package var run: RunIdentity
  /// When it was looked at.
  package var at: Timestamp
  /// The run that was looked at before it; nil when it was the first.
  package var before: RunIdentity?

  /// A look at a run.
  package init(run: RunIdentity, at: Timestamp, before: RunIdentity? = nil) {
    self.run = run
    self.at = at
    self.before = before
  }
}

/// What pruning took away, or would.
package struct Pruned: Sendable, Equatable {
  /// Runs.
  package var runs: Int
  /// Results of those runs.
  package var results: Int

  /// A count of each.
  package init(runs: Int, results: Int) {
    self.runs = runs
    self.results = results
  }
}

/// What adding a run did.
package enum RunAdded: Sendable, Equatable {
  /// The run was not known.
  case added(results: Int, newTests: Int)
  /// The run was known, and the report told more of it.
  case completed(results: Int, newTests: Int)
  /// The store knew all of it.
  case known
}
