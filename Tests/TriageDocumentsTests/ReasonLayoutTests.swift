import Testing

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct ReasonLayoutTests {
  private func reason(_ message: String, _ details: String = "", type: String = "") -> ReasonLayout {
    ReasonLayout(type: type, message: message, details: details)
  }

  @Test func prefersWhatTheDetailsSayWholeToWhatPytestCut() {
    let details = """
      def test_dict():
      >   assert left == right
      E   AssertionError: assert {'inputs': {'..., 3]}, 'b': 1} == {'inputs': {'..., 3]}, 'b': 1}
      E     
      E     Omitting 1 identical items, use -vv to show
      E     Differing items:
      E     {'inputs': {'el': 'int64'}} != {'inputs': {'el': 'int32'}}
      E     Use -v to get more diff

      test_s.py:12: AssertionError
      """
    let found = reason("AssertionError: assert {'inputs': {'..., 3]}, 'b': 1} == …", details)
    #expect(found.title == "AssertionError")
    #expect(found.details == ["Differing items:", "{'inputs': {'el': 'int64'}} != {'inputs': {'el': 'int32'}}"])
  }

  @Test func laysOldAndNewLinesOfADifferenceSideBySide() {
    let message = """
      AssertionError: FILES DIFFER:
      /builds/churn/a.txt
      /builds/churn/a.obtained.txt
      ---
      +++
      @@ -1,42 +1,42 @@
       customer risk report
      -0000  0.532203  low
      -0001  0.540816  low
      +0000  0.377541  low
      +0001  0.540817  low
       end
      """
    let found = reason(message)
    #expect(found.title == "AssertionError: FILES DIFFER")
    #expect(
      found.details == ["-0000  0.532203  low", "+0000  0.377541  low", "-0001  0.540816  low", "+0001  0.540817  low"])
    let full =
      "assert {'a': 1} == {'a': 2}\n\nFull diff: (-: missing in left side)\n  {\n-     'a': 2,\n?          ^\n+     'a': 1,\n  }"
    #expect(reason(full).details == ["-     'a': 2,", "+     'a': 1,"])
  }

  @Test func takesTheExceptionThatReachedTheTest() {
    let details = "E   KeyError: 'x'\n\nThe above exception was the direct cause\n\nE   RuntimeError: could not read x"
    #expect(reason("RuntimeError: could not read x", details).title == "RuntimeError: could not read x")
  }

  @Test func tellsNumpysTable() {
    let details = """
      E       AssertionError: 
      E       Not equal to tolerance rtol=1e-07, atol=0
      E       
      E       Mismatched elements: 1 / 3 (33.3%)
      E       Max absolute difference among violations: 0.5
      E        ACTUAL: array([1., 2., 3.])
      """
    let found = reason("AssertionError: \nNot equal to tolerance rtol=1e-07, atol=0", details)
    #expect(found.title == "AssertionError: Not equal to tolerance rtol=1e-07, atol=0")
    #expect(found.details.first == "Mismatched elements: 1 / 3 (33.3%)")
  }

  @Test func aSyntaxErrorIsItsOwnTitleAndNotTheFile() {
    let text =
      "  File \"/builds/shop/test_m3.py\", line 1\n    def test_a(:\n               ^\nSyntaxError: invalid syntax"
    let found = reason("", text)
    #expect(found.title == "SyntaxError: invalid syntax")
    #expect(found.details.map(\.trimmed) == ["File \"/builds/shop/test_m3.py\", line 1", "def test_a(:", "^"])
  }

  @Test(arguments: ["Falsifying example:", "Failing test case:"])
  func putsTheFailingExampleInOneLine(head: String) {
    let details = """
      E       assert 10 < 10
      E        +  where 10 = f(10)
      E       \(head) test_hyp(
      E           x=10,
      E           s='',  # or any other generated value
      E       )
      """
    let found = reason("assert 10 < 10", details)
    #expect(found.title == "AssertionError: assert 10 < 10")
    #expect(found.details.first == "\(head) test_hyp(x=10, s='')")
  }

  @Test func namesTheExceptionsOfAGroup() {
    let details = """
      + Exception Group Traceback (most recent call last):
        |   File "test_s.py", line 10, in test_group
        |     raise ExceptionGroup("many", [ValueError("a bad value")])
        | ExceptionGroup: many (2 sub-exceptions)
        +-+---------------- 1 ----------------
          | Traceback (most recent call last):
          |   File "test_s.py", line 3, in f
          | ValueError: a bad value
          +---------------- 2 ----------------
          | ExceptionGroup: inner (1 sub-exception)
          +-+---------------- 1 ----------------
            | KeyError: 'k'
            +------------------------------------
      """
    let found = reason("ExceptionGroup: many (2 sub-exceptions)", details)
    #expect(found.title == "ExceptionGroup: many (2 sub-exceptions)")
    #expect(
      found.details == ["1 ValueError: a bad value", "2 ExceptionGroup: inner (1 sub-exception)", "1 KeyError: 'k'"])
  }

  @Test func tellsWhatADoctestExpectedAndGot() {
    let text = "004 \n005     >>> add(1,2)\nExpected:\n    4\nGot:\n    3\n\n/x/test_s.py:5: DocTestFailure"
    let found = reason(text, text)
    #expect(found.title == "doctest: add(1,2)")
    #expect(found.details == ["Expected: 4", "Got:      3"])
  }

  @Test func leavesOutPathsOfAnotherMachine() {
    let message = """
      Error: Image files did not match.
        RMS Value: 76.1
        Expected:
          /builds/churn/runs/036/mpl/baseline.png
        Actual:
          /builds/churn/runs/036/mpl/result.png
        Tolerance:
          2
      """
    let found = reason(message, type: "Failed")
    #expect(found.title == "Failed: Error: Image files did not match.")
    #expect(found.details.map(\.trimmed) == ["RMS Value: 76.1", "Tolerance:", "2"])
    #expect(reason("AssertionError: FILES DIFFER: /builds/a/b.yml").title == "AssertionError: FILES DIFFER")
  }

  @Test(arguments: [
    ("expected: <4> but was: <5>", "org.opentest4j.AssertionFailedError"), ("boom", "java.lang.IllegalStateException"),
  ])
  func namesTheClassWhereTheMessageLacksIt(message: String, type: String) {
    #expect(reason(message, "at A.b(A.java:3)", type: type).title == "\(type): \(message)")
    #expect(reason("\(type): \(message)", type: type).title == "\(type): \(message)")
  }

  @Test func knowsWhetherAnythingWasLeftOut() {
    #expect(reason("AssertionError: one line").isWhole)
    #expect(!reason("one\nUse -v to get more diff\n").isWhole)
  }
}
