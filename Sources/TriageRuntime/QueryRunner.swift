internal import ItemQueries
internal import TriageMessages
internal import TriageModel

/// Answers which tests of a run are shown, and in which order.
struct QueryRunner {
  /// What is known of the run's tests.
  let facts: TestFacts
  /// Asked now and then while working: whether the answer is still wanted.
  let isWanted: () -> Bool

  /// The answer; nil when it was no longer wanted before it was found.
  ///
  /// - Parameter grouping: What is grouped by instead, while what was asked for is not known yet.
  func answer(_ request: QueryRequest, in run: Run, groupedBy grouping: Grouping? = nil) -> QueryAnswer? {
    let query = request.query
    var filter: TestFilter?
    var problem: String?
    do throws(FilterError) {
      filter = try TestFilter(parsing: query.filter)
    } catch {
      problem = "\(error)"
    }
    // Who asks for an outcome means every test that ended so.
    let isAll = query.scope == .all || filter?.asksForOutcome == true
    var tests = run.table.tests { isAll || $0.needsAttention }
    if let filter { tests = filter.tests(in: run, among: tests, facts: facts, isWanted: isWanted) }
    guard isWanted() else { return nil }
    let arrangement = Arrangement(
      of: tests, in: run, by: grouping ?? query.grouping, sortedBy: query.order, facts: facts)
    return QueryAnswer(request: request, arrangement: arrangement, problem: problem)
  }
}
