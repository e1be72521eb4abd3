package import TriageModel

/// Which tests of a run are shown, and how.
package struct TestQuery: Sendable, Equatable {
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

  /// The tests of a run that are shown, and what is wrong with the filter, as a sentence; nil when they were no longer
  /// wanted before they were found.
  ///
  /// - Parameters:
  ///   - grouping: What is grouped by instead, while what was asked for is not known yet.
  ///   - isWanted: Asked now and then while working.
  package func arrangement(
    of run: Run, _ facts: TestFacts, groupedBy grouping: Grouping? = nil, isWanted: () -> Bool
  ) -> (arrangement: Arrangement, problem: String?)? {
    var filter: TestFilter?
    var problem: String?
    do throws(FilterError) {
      filter = try TestFilter(parsing: self.filter)
    } catch {
      problem = "\(error)"
    }
    // Who asks for an outcome means every test that ended so.
    let isAll = scope == .all || filter?.asksForOutcome == true
    var tests = run.table.tests { isAll || $0.needsAttention }
    if let filter { tests = filter.tests(in: run, among: tests, facts: facts, isWanted: isWanted) }
    guard isWanted() else { return nil }
    return (Arrangement(of: tests, in: run, by: grouping ?? self.grouping, sortedBy: order, facts: facts), problem)
  }
}
