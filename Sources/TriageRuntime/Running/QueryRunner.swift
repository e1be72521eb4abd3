internal import TestQueries
internal import TriageMessages
internal import TriageModel

/// Answers which tests of a run are shown, and in which order.
struct QueryRunner {
  let owner: (Run, TestIndex) -> String?
  /// Asked now and then while working: whether the answer is still wanted.
  let isWanted: () -> Bool

  /// The answer; nil when it was no longer wanted before it was found.
  func answer(_ request: QueryRequest, in run: Run) -> QueryAnswer? {
    let query = request.query
    var tests = run.table.tests { query.scope == .all || $0.needsAttention }
    var problem: String?
    do throws(FilterError) {
      let filter = try TestFilter(parsing: query.filter)
      tests = filter.tests(in: run, among: tests, owner: { owner(run, $0) }, isWanted: isWanted)
    } catch {
      problem = "\(error)"
    }
    guard isWanted() else { return nil }
    let arrangement = Arrangement(of: tests, in: run, by: query.grouping, sortedBy: query.order) { owner(run, $0) }
    return QueryAnswer(request: request, arrangement: arrangement, problem: problem)
  }
}
