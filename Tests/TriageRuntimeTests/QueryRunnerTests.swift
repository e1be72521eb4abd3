import ItemQueries
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageRuntime

@Suite struct QueryRunnerTests {
  private let run: Run

  init() {
    var fixture = RunFixture()
    fixture.add("test_fails", .failed, message: "no")
    fixture.add("test_again", .failed, message: "once")
    fixture.add("test_again", .passed)
    fixture.add("test_passes", .passed)
    run = fixture.run()
  }

  private func answer(_ filter: String, _ scope: Query.Scope = .attention, isWanted: Bool = true) -> QueryAnswer? {
    var query = Query()
    query.filter = filter
    query.scope = scope
    let runner = QueryRunner(facts: TestFacts(), isWanted: { isWanted })
    return runner.answer(QueryRequest(generation: 1, run: RunRef(0, revision: 1), query: query), in: run)
  }

  private func names(_ answer: QueryAnswer?) -> [String]? { answer?.arrangement.tests.map(run.table.name(of:)) }

  @Test func showsWhatNeedsAttention() {
    #expect(names(answer("")) == ["test_fails", "test_again"])
    #expect(names(answer("", .all)) == ["test_fails", "test_again", "test_passes"])
  }

  @Test func showsTheOutcomesThatAFilterAsksFor() {
    #expect(names(answer("outcome:passed")) == ["test_passes"])
    #expect(names(answer("passes")) == [])
  }

  @Test func saysWhatIsWrongWithAFilterAndShowsAllOfTheScope() {
    #expect(names(answer("\"open")) == ["test_fails", "test_again"])
    #expect(answer("\"open")?.problem?.contains("column 1") == true)
    #expect(answer("verdict:newish")?.problem?.contains("known") == true)
    #expect(answer("fails")?.problem == nil)
  }

  @Test func dropsWhatIsNoLongerWanted() {
    #expect(answer("fails", isWanted: false) == nil)
  }
}
