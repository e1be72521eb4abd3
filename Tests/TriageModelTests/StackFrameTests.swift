import Testing
import TriageModel

@Suite struct StackFrameTests {
  @Test(arguments: [
    ("tests/contract/test_signature.py:17: AssertionError", "tests/contract/test_signature.py", 17),
    ("  File \"/srv/app/pkg1/mod2.py\", line 512, in fn_2", "/srv/app/pkg1/mod2.py", 512),
    ("    scoring_test.go:41: got 0.5", "scoring_test.go", 41),
    ("   --> src/lib.rs:12:9", "src/lib.rs", 12),
    ("\tat com.example.ScoreTest.adds(ScoreTest.java:88)", "ScoreTest.java", 88),
    ("    at Object.<anonymous> (/repo/test/score.test.js:9:23)", "/repo/test/score.test.js", 9),
    ("    at async file:///repo/my%20test/score.test.mjs:9:23", "/repo/my%20test/score.test.mjs", 9),
    ("    at Context.<anonymous> (/my repo/test/score.js:9:23)", "/my repo/test/score.js", 9),
    ("    at http://localhost:9876/base/test/score.js?61a7:9:23", "base/test/score.js", 9),
    ("add@http://localhost:9876/base/test/score.js:9:23", "base/test/score.js", 9),
    ("   at Shop.Tests.Removes() in C:\\my src\\CartTests.cs:line 20", "C:\\my src\\CartTests.cs", 20),
    ("C:\\src\\test_a.py:12: ValueError", "C:\\src\\test_a.py", 12),
    ("/src/score_test.cc:33: Failure", "/src/score_test.cc", 33),
  ])
  func findsThePlace(line: String, file: String, number: Int) {
    #expect(StackFrame(line: line)?.location == SourceLocation(file: file, line: number))
  }

  @Test(arguments: [
    "", "12:30:45 started", "http://example.com:8080/x", "E   assert 1 == 2", "ratio 3:4", ".:1", "a.b.:12",
    "File \"", "File \"\", line 3", "at ", "at (:1)", "#EndingLineNumber=3", ":line 3", "at x in :line 3",
  ])
  func findsNothingWhereNothingIs(line: String) {
    #expect(StackFrame(line: line) == nil)
  }

  @Test func readsAnyPieceOfALine() {
    let line =
      "\tat async app//com.example.T.a(C:\\x\\T.java:88:2) in File \"a.py\", line 3 x.cs:line 4 #EndingLineNumber=1"
    for start in 0..<line.utf8.count {
      for end in stride(from: start, through: line.utf8.count, by: 3) {
        _ = StackFrame(line: String(decoding: Array(line.utf8)[start..<end], as: UTF8.self))
      }
    }
  }
}
