/// How one test ended in one run.
package struct ResultRecord: Sendable, Equatable {
  /// The run.
  package var run: RunKey
  /// How it ended after all attempts.
  package var outcome: Outcome
  /// How each attempt ended, oldest first; one where the reports do not tell.
  package var attempts: [Outcome]
  /// Seconds of all attempts; nil when unknown.
  package var duration: Double?
  /// The key of what the first failing attempt said; nil when none failed.
  package var signature: SignatureKey?
  /// The leg of the matrix it ran in; empty when there is one.
  package var leg: String
  /// Whether it is of no test: its data or its machine decides too, so that a commit that went both ways is no flake.
  package var isOfItem = false

  /// A result.
  package init(
    run: RunKey, outcome: Outcome, attempts: [Outcome], duration: Double? = nil, signature: SignatureKey? = nil,
    leg: String = ""
  ) {
    self.run = run
    self.outcome = outcome
    self.attempts = attempts
    self.duration = duration
    self.signature = signature
    self.leg = leg
  }
}

/// What one test did in the runs that are known, in order of time.
package struct TestSeries: Sendable, Equatable {
  /// The test's identity, stable across runs.
  package var test: String
  /// Its results, oldest run first.
  package var results: [ResultRecord]

  /// A test's results.
  package init(test: String, results: [ResultRecord]) {
    self.test = test
    self.results = results
  }
}

/// What a test did in one run of the history, and what it said there.
package struct PastAttempt: Sendable, Equatable {
  /// What the test did, a result a leg.
  package var results: [ResultRecord]
  /// What this very attempt said; nil when nothing failed, or its run is not open.
  package var text: String?
  /// What failures like its are known as, with what differs masked; nil when nothing failed.
  package var title: String?

  /// What is known of an attempt.
  package init(results: [ResultRecord], text: String? = nil, title: String? = nil) {
    self.results = results
    self.text = text
    self.title = title
  }
}

/// The number that an item was known by in one run.
package struct MeasureRecord: Sendable, Equatable {
  /// The run.
  package var run: RunKey
  /// The leg of the matrix; empty when there is one.
  package var leg: String
  /// How the item ended there.
  package var outcome: Outcome
  /// The number.
  package var value: Double

  /// A number of a run.
  package init(run: RunKey, leg: String = "", outcome: Outcome = .passed, value: Double) {
    self.run = run
    self.leg = leg
    self.outcome = outcome
    self.value = value
  }
}

/// An item of a run that is no test, as the history keeps it.
package struct ItemRecord: Sendable, Equatable {
  /// Its stable id.
  package var id: String
  /// The leg of the matrix; empty when there is one.
  package var leg: String
  /// The word of its kind.
  package var kind: String
  /// How it ended.
  package var outcome: Outcome
  /// The number that it is known by; nil when it has none.
  package var measure: Double?

  /// An item of a run.
  package init(id: String, leg: String = "", kind: String, outcome: Outcome, measure: Double? = nil) {
    self.id = id
    self.leg = leg
    self.kind = kind
    self.outcome = outcome
    self.measure = measure
  }
}
