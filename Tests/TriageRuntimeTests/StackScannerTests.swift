import Testing
import TriageModel

@testable import TriageRuntime

@Suite struct StackScannerTests {
  @Test(arguments: [
    ("tests/contract/test_signature.py:17: AssertionError", "tests/contract/test_signature.py", 17),
    ("  File \"/srv/app/pkg1/mod2.py\", line 512, in fn_2", "/srv/app/pkg1/mod2.py", 512),
    ("    scoring_test.go:41: got 0.5", "scoring_test.go", 41),
    ("   --> src/lib.rs:12:9", "src/lib.rs", 12),
    ("\tat com.example.ScoreTest.adds(ScoreTest.java:88)", "ScoreTest.java", 88),
    ("    at Object.<anonymous> (/repo/test/score.test.js:9:23)", "/repo/test/score.test.js", 9),
    ("/src/score_test.cc:33: Failure", "/src/score_test.cc", 33),
  ])
  func findsThePlace(line: String, file: String, number: Int) {
    #expect(StackScanner.location(in: line) == SourceLocation(file: file, line: number))
  }

  @Test(arguments: [
    "", "12:30:45 started", "http://example.com:8080/x", "E   assert 1 == 2", "ratio 3:4", ".:1", "a.b.:12",
  ])
  func findsNothingWhereNothingIs(line: String) {
    #expect(StackScanner.location(in: line) == nil)
  }

  @Test func findsTheRepositorysFileUnderAnotherMachinesFolder() {
    let own = OwnFiles { $0 == "tests/test_a.py" }
    let frame = SourceLocation(file: "/builds/churn/checkout/tests/test_a.py", line: 3)
    #expect(own.resolve(frame) == SourceLocation(file: "tests/test_a.py", line: 3))
    #expect(own.resolve(SourceLocation(file: "/usr/lib/python3/site-packages/tests/test_a.py", line: 3)) == nil)
    #expect(own.resolve(SourceLocation(file: "../tests/test_a.py", line: 3)) == nil)
  }
}
