/// What a test's flakiness costs, for the list that is cleaned up from the top.
package struct FlakeStatistics: Sendable, Equatable {
  /// Runs with a failing attempt among the runs counted, with its 95 % interval.
  package var rate: Verdict.Rate
  /// Runs that failed after all their attempts.
  package var failures: Int
  /// Runs that only passed at another attempt: never hidden among the passes.
  package var passedOnRetry: Int
  /// Changes between pass and fail of neighbouring runs, divided by the runs (Buildkite: PFPFF over 5 is 0.4).
  package var transitions: Double
  /// Whether it fails more often than before; nil where nothing was computed.
  package var trend: RateTrend?
  /// Minutes that failing attempts and what was retried after them took.
  package var minutes: Double
  /// `minutes`, and the minutes of people: failures × `triageMinutes`.
  package var cost: Double
  /// The first and the last run with a failing attempt; nil when none failed.
  package var firstSeen: RunKey?
  /// See `firstSeen`.
  package var lastSeen: RunKey?

  /// The figures of a test that never failed in so many runs.
  package init(rate: Verdict.Rate) {
    self.rate = rate
    failures = 0
    passedOnRetry = 0
    transitions = 0
    minutes = 0
    cost = 0
  }
}

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

/// A test that flakes, with what it costs.
package struct FlakyTest: Sendable, Equatable {
  /// The test's stable name.
  package var test: String
  /// The verdict on its newest result.
  package var verdict: Verdict
  /// How often, how much.
  package var statistics: FlakeStatistics
  /// Who owns it; nil when no rule says.
  package var owner: String?

  /// The rate that the verdict stands on; for one that is not called flaky, that of the window.
  package var shownRate: Verdict.Rate { verdict.rate ?? statistics.rate }

  /// A test and its figures.
  package init(test: String, verdict: Verdict, statistics: FlakeStatistics, owner: String? = nil) {
    self.test = test
    self.verdict = verdict
    self.statistics = statistics
    self.owner = owner
  }
}

/// Whether a test fails more or less often than it did, between the older and the newer half of its results.
package struct RateTrend: Sendable, Equatable {
  /// Which way it goes.
  package enum Direction: String, Sendable, CaseIterable {
    case steady
    case rising
    case falling
  }

  /// Which way it goes: steady unless chance alone would hardly do it (p < 0.05).
  package var direction: Direction
  /// How often it failed in the older half.
  package var before: Verdict.Rate
  /// How often it failed in the newer half.
  package var after: Verdict.Rate
  /// The probability of halves at least so unlike, were nothing changed (Fisher's exact test, two-sided).
  package var p: Double

  /// A trend.
  package init(direction: Direction, before: Verdict.Rate, after: Verdict.Rate, p: Double) {
    self.direction = direction
    self.before = before
    self.after = after
    self.p = p
  }
}
