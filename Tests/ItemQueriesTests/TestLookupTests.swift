import ItemQueries
import TestSupport
import Testing
import TriageModel

@Suite struct TestLookupTests {
  private let runs: [Run]

  init() {
    runs = ["4136", "4135"].map { id in
      var fixture = RunFixture(id: id)
      fixture.add("test_scores")
      fixture.add("test_scores_golden")
      fixture.add("test_scores", in: "tests/test_b.py")
      fixture.add("test_order[Ä-1]", in: "tests/test_b.py::TestX")
      return fixture.run()
    }
  }

  private func places(_ test: Int) -> [TestLookup.Place] {
    guard case .found(_, let places) = TestLookup(runs[0].table.id(of: TestIndex(test)), in: runs) else { return [] }
    return places
  }

  @Test func findsAWholeIDInEveryRun() {
    let lookup = TestLookup("tests/test_a.py::test_scores", in: runs)
    #expect(lookup == .found(id: "tests/test_a.py::test_scores", places: places(0)))
    #expect(places(0).map(\.run) == [0, 1] && places(0).map(\.test) == [TestIndex(0), TestIndex(0)])
  }

  @Test(arguments: ["scores_golden", "golden", "test_a.py::test_scores_golden", "SCORES_GOLD"])
  func findsAUniquePart(wanted: String) {
    #expect(TestLookup(wanted, in: runs) == .found(id: "tests/test_a.py::test_scores_golden", places: places(1)))
  }

  @Test func namesAllThatFit() {
    #expect(
      TestLookup("test_scores", in: runs)
        == .several(ids: ["tests/test_a.py::test_scores", "tests/test_b.py::test_scores"], count: 2))
  }

  @Test func namesWhatLooksLikeIt() {
    guard case .none(let near) = TestLookup("test_scroes_golden", in: runs) else {
      Issue.record("a misspelt name was found")
      return
    }
    #expect(near.first == "tests/test_a.py::test_scores_golden")
    #expect(TestLookup("zzzzzzzzzzzzzzzzzz", in: runs) == .none(near: []))
  }
}
