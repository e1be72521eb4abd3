/// The flaky tests of a window, with the grid of what each did in each run.
package struct FlakeTable: Sendable, Equatable {
  /// One test: a row of the list and of the grid.
  package struct Row: Sendable, Equatable {
    /// The test and its figures.
    package var flake: FlakyTest
    /// How it ended in each of `runs`, the worst of its legs; nil where it did not run.
    package var cells: [Outcome?]
    /// The first run with a failing attempt; it may be older than `runs`.
    package var firstSeen: RunRecord?
    /// The last run with a failing attempt.
    package var lastSeen: RunRecord?

    /// A row.
    package init(
      flake: FlakyTest, cells: [Outcome?], firstSeen: RunRecord? = nil, lastSeen: RunRecord? = nil
    ) {
      self.flake = flake
      self.cells = cells
      self.firstSeen = firstSeen
      self.lastSeen = lastSeen
    }
  }

  /// What all of the window comes to, whatever of it is shown.
  package struct Total: Sendable, Equatable {
    /// Runs that were looked at.
    package var runs = 0
    /// Streams that those runs are of: branches, jobs, labels.
    package var streams = 0
    /// Tests that failed or were retried.
    package var unsteady = 0
    /// Those of them that are called flaky.
    package var flaky = 0
    /// Failures of the flaky ones, after all their attempts.
    package var failures = 0
    /// Minutes that the flaky ones cost.
    package var cost = 0.0

    /// Nothing.
    package init() {}
  }

  /// The runs of the window, newest first: the columns of the grid.
  package var runs: [RunRecord]
  /// The costliest first.
  package var rows: [Row]
  /// What all of the window comes to.
  package var total: Total
  /// Why there is nothing, or not all, as a sentence.
  package var problem: String?

  /// A table; by default an empty one.
  package init(runs: [RunRecord] = [], rows: [Row] = [], total: Total = Total(), problem: String? = nil) {
    self.runs = runs
    self.rows = rows
    self.total = total
    self.problem = problem
  }
}
