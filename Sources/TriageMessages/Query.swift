package import ItemQueries
package import TriageModel

/// Which tests of a run to show, and how.
package struct Query: Sendable, Equatable {
  /// Which outcomes are shown.
  package enum Scope: Sendable, Equatable {
    /// Failing tests, and those that a person should know of: passed on retry, passed unexpectedly.
    case attention
    case all
  }

  /// Which outcomes are shown.
  package var scope = Scope.attention
  /// A filter in the filter language; empty shows all of the scope.
  package var filter = ""
  /// What the tests are grouped by.
  package var grouping = Grouping.cause
  /// What they are sorted by.
  package var order = Order.outcome

  /// Everything that needs attention, by cause.
  package init() {}
}

/// A question for an arrangement; answers of an older generation are dropped.
package struct QueryRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// The run.
  package var run: RunRef
  /// Which tests to show, and how.
  package var query: Query
  /// How often something new was learned of the tests (verdicts, goldens): asked again when there is.
  package var knowledge: Int

  /// A question about one run.
  package init(generation: Int, run: RunRef, query: Query, knowledge: Int = 0) {
    self.knowledge = knowledge
    self.generation = generation
    self.run = run
    self.query = query
  }
}

/// The answer to a `QueryRequest`.
package struct QueryAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: QueryRequest
  /// The tests, grouped and sorted.
  package var arrangement: Arrangement
  /// What is wrong with the filter, as a sentence; then the arrangement is the one without it.
  package var problem: String?

  /// The tests that a request asked for.
  package init(request: QueryRequest, arrangement: Arrangement, problem: String? = nil) {
    self.request = request
    self.arrangement = arrangement
    self.problem = problem
  }
}
