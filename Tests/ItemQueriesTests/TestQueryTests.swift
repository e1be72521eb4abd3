import ItemQueries
import TestSupport
import Testing
import TriageModel

@Suite struct TestQueryTests {
  private let run: Run

  init() {
    var fixture = RunFixture()
    fixture.add("test_fails", .failed, message: "no")
    fixture.add("test_again", .failed, message: "once")
    fixture.add("test_again", .passed)
    fixture.add("test_passes", .passed)
    run = fixture.run()
  }

  private func answer(_ filter: String, _ scope: TestQuery.Scope = .attention, isWanted: Bool = true) -> (
    arrangement: Arrangement, problem: String?
  )? {
    var query = TestQuery()
    query.filter = filter
    query.scope = scope
    return query.arrangement(of: run, TestFacts()) { isWanted }
  }

  private func names(_ answer: (arrangement: Arrangement, problem: String?)?) -> [String]? {
    answer?.arrangement.tests.map(run.table.name(of:))
  }

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
