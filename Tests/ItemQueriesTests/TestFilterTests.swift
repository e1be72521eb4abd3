import ItemQueries
import TestSupport
import Testing
import TriageModel

@Suite struct TestFilterTests {
  private let run: Run
  private static let owners = ["test_scores": "ml-platform", "test_lookup": "data"]

  init() {
    var fixture = RunFixture(id: "4136", labels: ["python": "3.11"])
    fixture.info.branch = "main"
    fixture.add("test_scores", in: "tests/unit/test_scoring.py", .failed, message: "regression values differ: 31 of 40")
    fixture.add("test_Lookup", in: "tests/unit/test_handler.py::TestStore", .failed, message: "Timed out after 5 s")
    fixture.add("test_Lookup", in: "tests/unit/test_handler.py::TestStore", .passed)
    fixture.add("test_skipped", in: "com.example.Suite", .skipped, message: "needs a GPU", file: "src/Suite.java")
    fixture.add("tests/broken.py", in: "", .errored, message: "\"x y\"", type: "SyntaxError", kind: .suite)
    fixture.add("test_plain", in: "tests/unit/test_scoring.py", .passed)
    run = fixture.run()
  }

  private func names(_ filter: String) throws -> [String] {
    try TestFilter(parsing: filter).tests(in: run, facts: TestFacts(owner: owner)).map(run.table.name(of:))
  }

  private func owner(of test: TestIndex) -> String? { Self.owners[run.table.name(of: test)] }

  @Test(arguments: [
    ("", ["test_scores", "test_Lookup", "test_skipped", "tests/broken.py", "test_plain"]),
    ("lookup", ["test_Lookup"]),
    ("SCORING scores", ["test_scores"]),
    ("scoring !scores", ["test_plain"]),
    ("handler.py::TestStore::test_lookup", ["test_Lookup"]),
    ("store::test_l", ["test_Lookup"]),
    ("\"31 of\"", ["test_scores"]),
    ("!\"31 of\" unit", ["test_Lookup", "test_plain"]),
    ("gpu", ["test_skipped"]),
    ("~tscrs", ["test_scores", "test_plain"]),
    ("~regression", []),
    ("\"\\\"x y\\\"\"", ["tests/broken.py"]),
    ("outcome:failing", ["test_scores", "tests/broken.py"]),
    ("outcome:F", ["test_scores"]),
    ("outcome:passed_on_retry", ["test_Lookup"]),
    ("outcome:r,s", ["test_Lookup", "test_skipped"]),
    ("!outcome:passed !outcome:failing", ["test_Lookup", "test_skipped"]),
    ("kind:suite", ["tests/broken.py"]),
    ("suite:teststore", ["test_Lookup"]),
    ("file:scoring.py", ["test_scores", "test_plain"]),
    ("file:src/", ["test_skipped"]),
    ("message:timed", ["test_Lookup"]),
    ("message:AssertionError", ["test_scores", "test_Lookup"]),
    ("owner:ml", ["test_scores"]),
    ("owner:none kind:suite", ["tests/broken.py"]),
    ("leg:python=3.11 scores", ["test_scores"]),
    ("label:3.12", []),
    ("run:4136 plain", ["test_plain"]),
    ("!run:main", []),
    ("verdict:new plain", []),
    ("!verdict:new plain", ["test_plain"]),
    ("!verdict:new plain", ["test_plain"]),
  ])
  func selects(filter: String, expected: [String]) throws {
    #expect(try names(filter).sorted() == expected.sorted())
  }

  @Test func findsPatterns() throws {
    #expect(try names("/test_(scores|plain)$/") == ["test_scores", "test_plain"])
    #expect(try names("message:/\\d+ of \\d+/") == ["test_scores"])
    #expect(try names("/^tests\\/broken/") == ["tests/broken.py"])
  }

  @Test func answersOneTestAsItAnswersMany() throws {
    for text in ["lookup", "!scoring", "outcome:failing", "owner:ml", "message:timed ~hndlr"] {
      let filter = try TestFilter(parsing: text)
      let singly = (0..<run.table.count).map { TestIndex($0) }.filter {
        filter.matches($0, in: run, facts: TestFacts(owner: owner))
      }
      #expect(singly == filter.tests(in: run, facts: TestFacts(owner: owner)))
    }
  }

  @Test func choosesAmongThoseGiven() throws {
    let filter = try TestFilter(parsing: "unit")
    #expect(
      filter.tests(in: run, among: [TestIndex(4), TestIndex(2)], facts: TestFacts(owner: owner)) == [TestIndex(4)])
  }

  @Test(arguments: [
    ("ok \"open", FilterError.unclosed("\"", column: 4)),
    ("/open", .unclosed("/", column: 1)),
    ("owner:", .noValue(field: "owner", column: 1)),
    ("a ! b", .nothingAfter("!", column: 3)),
    ("~", .nothingAfter("~", column: 1)),
    ("onwer:me", .unknownField("onwer", column: 1, suggestion: "owner")),
  ])
  func saysWhatItCannotRead(filter: String, error: FilterError) {
    #expect(throws: error) { try TestFilter(parsing: filter) }
    #expect(error.description.contains("column"))
  }

  @Test func namesTheOutcomesItKnows() {
    #expect {
      try TestFilter(parsing: "outcome:broken")
    } throws: { error in
      "\(error)".contains("outcome: has no broken") && "\(error)".contains("timed_out")
    }
  }

  @Test func refusesABrokenPattern() {
    #expect {
      try TestFilter(parsing: "a /(/")
    } throws: { error in
      "\(error)".hasPrefix("column 3: ")
    }
  }

  @Test func readsColonsInsideWords() throws {
    #expect(try TestFilter(parsing: "ValueError: https://x !no suite:x").words == ["ValueError:", "https://x"])
  }

  @Test func asksTheHistoryForVerdicts() throws {
    var facts = TestFacts()
    facts.verdict = { $0.value == 1 ? .massFailure : $0.value == 2 ? .flaky : nil }
    func tests(_ filter: String) throws -> [UInt32] {
      try TestFilter(parsing: filter).tests(in: run, facts: facts).map(\.value)
    }
    #expect(try tests("verdict:mass-failure,flaky") == [1, 2])
    #expect(try tests("verdict:mass") == [1])
    // What the history does not know has no verdict.
    #expect(try tests("!verdict:flaky").contains(0))
    #expect(throws: FilterError.self) { try TestFilter(parsing: "verdict:newish") }
  }
}
