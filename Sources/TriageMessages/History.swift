package import TriageModel

/// What the history says of the tests of a run that need attention.
package struct RunJudgement: Sendable, Equatable {
  /// The place of the run in the `RunSet`, and the set's revision.
  package var run: Int
  /// The set's revision.
  package var revision: Int
  /// What is known of each test; empty where no history is kept.
  package var tests: [TestIndex: TestStanding]
  /// Flaky tests that do not fail in this run.
  package var flakyElsewhere: Int
  /// What became of tests since the person looked last; nil when that was this run, or never.
  package var sinceLook: LookDifference?

  /// What the history says of a run.
  package init(
    run: Int, revision: Int, tests: [TestIndex: TestStanding], flakyElsewhere: Int = 0,
    sinceLook: LookDifference? = nil
  ) {
    self.run = run
    self.revision = revision
    self.tests = tests
    self.flakyElsewhere = flakyElsewhere
    self.sinceLook = sinceLook
  }
}

/// A question for the flaky tests of a window; answers of an older generation are dropped.
package struct FlakesRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// How far back.
  package var window: HistoryWindow
  /// All tests that failed or were retried, or only those that are called flaky.
  package var isAll: Bool

  /// A question.
  package init(generation: Int, window: HistoryWindow, isAll: Bool) {
    self.generation = generation
    self.window = window
    self.isAll = isAll
  }
}

/// The flaky tests of a window, with the grid of what each did in each run.
package struct FlakeList: Sendable, Equatable {
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

  /// The question this answers.
  package var request: FlakesRequest
  /// The runs of the window, newest first: the columns of the grid.
  package var runs: [RunRecord]
  /// The costliest first.
  package var rows: [Row]
  /// What all of the window comes to.
  package var total = Total()
  /// Why there is nothing, or not all, as a sentence.
  package var problem: String?

  /// An answer.
  package init(
    request: FlakesRequest, runs: [RunRecord], rows: [Row], total: Total = Total(), problem: String? = nil
  ) {
    self.request = request
    self.runs = runs
    self.rows = rows
    self.total = total
    self.problem = problem
  }
}

/// A question for what one attempt of the history said.
package struct AttemptRequest: Sendable, Equatable, Hashable {
  /// The test's stable name.
  package var test: String
  /// The run of the history.
  package var run: RunKey

  /// A question.
  package init(test: String, run: RunKey) {
    self.test = test
    self.run = run
  }
}

/// What one attempt of the history said.
package struct AttemptAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: AttemptRequest
  /// What the test did, a result a leg.
  package var results: [ResultRecord]
  /// What this very attempt said; nil when nothing failed, or its run is not open.
  package var text: String?
  /// What failures like its are known as, with what differs masked; nil when nothing failed.
  package var title: String?

  /// An answer.
  package init(request: AttemptRequest, results: [ResultRecord], text: String?, title: String? = nil) {
    self.request = request
    self.results = results
    self.text = text
    self.title = title
  }
}

/// A question for the runs of a window; answers of an older generation are dropped.
package struct RunListRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// How far back.
  package var window: HistoryWindow

  /// A question.
  package init(generation: Int, window: HistoryWindow) {
    self.generation = generation
    self.window = window
  }
}

/// The runs of a window.
package struct RunList: Sendable, Equatable {
  /// The question this answers.
  package var request: RunListRequest
  /// Newest first.
  package var runs: [RunRecord]
  /// Why there are none, as a sentence.
  package var problem: String?

  /// An answer.
  package init(request: RunListRequest, runs: [RunRecord], problem: String? = nil) {
    self.request = request
    self.runs = runs
    self.problem = problem
  }
}

/// Two runs of the history: what became of tests from the one to the other.
package struct RunPair: Sendable, Equatable, Hashable {
  /// The earlier run.
  package var before: RunKey
  /// The later run.
  package var after: RunKey

  /// Two runs.
  package init(before: RunKey, after: RunKey) {
    self.before = before
    self.after = after
  }
}

/// The difference of two runs of the history.
package struct RunComparisonAnswer: Sendable, Equatable {
  /// The question this answers.
  package var pair: RunPair
  /// What became of tests; nil when it could not be read.
  package var comparison: RunComparison?
  /// Why there is none, as a sentence.
  package var problem: String?

  /// An answer.
  package init(pair: RunPair, comparison: RunComparison?, problem: String? = nil) {
    self.pair = pair
    self.comparison = comparison
    self.problem = problem
  }
}
