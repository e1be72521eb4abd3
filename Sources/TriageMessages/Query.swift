package import ItemQueries
package import TriageModel

/// A question for an arrangement; answers of an older generation are dropped.
package struct QueryRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// The run.
  package var run: RunRef
  /// Which tests to show, and how.
  package var query: TestQuery
  /// How often something new was learned of the tests (verdicts, goldens): asked again when there is.
  package var knowledge: Int

  /// A question about one run.
  package init(generation: Int, run: RunRef, query: TestQuery, knowledge: Int = 0) {
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
