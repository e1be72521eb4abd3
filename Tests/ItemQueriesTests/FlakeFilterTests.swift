import ItemQueries
import Testing
import TriageModel

@Suite struct FlakeFilterTests {
  private let test: FlakeTable.Row = {
    let rate = Verdict.Rate(count: 1, of: 10, low: 0, high: 0.4)
    let flake = FlakyTest(
      test: "tests/a.py::test_order[gpu]", verdict: Verdict(.massFailure, why: []),
      statistics: FlakeStatistics(rate: rate), owner: "@team/serving")
    return FlakeTable.Row(flake: flake, cells: [])
  }()

  @Test(arguments: [
    ("", true), ("ORDER", true), ("serving", true), ("test:serving", false), ("owner:serving", true),
    ("owner:none", false), ("!order", false), ("verdict:mass", true), ("verdict:mass-failure,new", true),
    ("verdict:flaky", false), ("~tstordr", true), ("/ord.r\\[/", true), ("order owner:other", false),
    ("owner:no", false), ("verdict:\"mass failure\"", true),
  ])
  func accepts(filter: String, isAccepted: Bool) throws {
    #expect(try FlakeFilter(parsing: filter).accepts(test) == isAccepted)
  }

  @Test func saysWhatItDoesNotKnow() {
    #expect(throws: FilterError.unknownField("onwer", column: 1, suggestion: "owner")) {
      try FlakeFilter(parsing: "onwer:x")
    }
  }
}
