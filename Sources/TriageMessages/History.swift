package import TriageModel

/// What the history says of the tests of a run that need attention.
package struct RunJudgement: Sendable, Equatable {
  /// The run.
  package var run: RunRef
  /// What is known of each test; empty where no history is kept.
  package var tests: [TestIndex: TestStanding]
  /// Flaky tests that do not fail in this run.
  package var flakyElsewhere: Int
  /// What became of tests since the person looked last; nil when that was this run, or never.
  package var sinceLook: LookDifference?

  /// What the history says of a run.
  package init(
    run: RunRef, tests: [TestIndex: TestStanding], flakyElsewhere: Int = 0,
    sinceLook: LookDifference? = nil
  ) {
    self.run = run
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

/// The answer to a `FlakesRequest`.
@dynamicMemberLookup
package struct FlakeList: Sendable, Equatable {
  /// One test: a row of the list and of the grid.
  package typealias Row = FlakeTable.Row

  /// The question this answers.
  package var request: FlakesRequest
  /// The flaky tests.
  package var table: FlakeTable

  /// An answer.
  package init(request: FlakesRequest, _ table: FlakeTable) {
    self.request = request
    self.table = table
  }

  /// An answer in its parts.
  package init(request: FlakesRequest, runs: [RunRecord], rows: [Row], problem: String? = nil) {
    self.init(request: request, FlakeTable(runs: runs, rows: rows, problem: problem))
  }

  /// What the table holds.
  package subscript<Value>(dynamicMember path: WritableKeyPath<FlakeTable, Value>) -> Value {
    get { table[keyPath: path] }
    set { table[keyPath: path] = newValue }
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

/// A question for the service-level figures; answers of an older generation are dropped.
package struct HealthRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// How far back.
  package var window: HistoryWindow
  /// The run that is looked at: what waits in it counts.
  package var run: RunRef

  /// A question.
  package init(generation: Int, window: HistoryWindow, run: RunRef) {
    self.generation = generation
    self.window = window
    self.run = run
  }
}

/// The answer to a `HealthRequest`.
package struct HealthAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: HealthRequest
  /// The figures.
  package var report: HealthReport

  /// An answer.
  package init(request: HealthRequest, report: HealthReport) {
    self.request = request
    self.report = report
  }
}
