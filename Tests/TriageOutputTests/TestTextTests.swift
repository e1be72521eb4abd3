import Foundation
import TestSupport
import Testing
import TriageModel
import TriageOutput

@Suite struct TestTextTests {
  private var run: Run {
    var fixture = RunFixture()
    fixture.info.branch = "main"
    fixture.add(
      "test_a", .failed, message: "AssertionError: 1 != 2\nsecond", details: "def test_a():\n>   assert 1 == 2\n",
      line: 12, output: "printed\n[[ATTACHMENT|shots/a.png]]\n", properties: [("owner", "ml")])
    fixture.add("test_a", .passed, duration: 0.25)
    return fixture.run()
  }

  @Test func showsATestWhole() throws {
    let found = [(run: run, test: TestIndex(0))]
    #expect(
      try CollectedOutput.text { TestText(style: TextStyle()).write(found, others: [], to: $0) } == """
        tests/test_a.py::test_a
          passed on retry · run 4136 main · 0.75 s
          defined at tests/test_a.py:12
          from junit.xml

        attempt 1 of 2 failed · 0.50 s
        AssertionError: 1 != 2
          second
        details
          def test_a():
          >   assert 1 == 2
        standard output
          printed
          [[ATTACHMENT|shots/a.png]]
        properties
          owner = ml
        attachments
          shots/a.png

        attempt 2 of 2 passed · 0.25 s

        """)
  }

  @Test func namesOtherRuns() throws {
    let found = [(run: run, test: TestIndex(0))]
    var fixture = RunFixture(id: "4135")
    fixture.add("test_a", .failed, message: "no")
    let others = [(run: fixture.run(), test: TestIndex(0))]
    let text = try CollectedOutput.text { TestText(style: TextStyle()).write(found, others: others, to: $0) }
    #expect(text.hasSuffix("in other runs\n  F failed · run 4135\n"))
  }

  @Test func writesTheWholeTestAsJSON() throws {
    let found = [(run: run, test: TestIndex(0))]
    let text = try CollectedOutput.text { TestJSON.write(found, to: $0) }
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let test = try #require((json["tests"] as? [[String: Any]])?.first)
    let attempt = try #require((test["attempts"] as? [[String: Any]])?.first)
    let failure = try #require((attempt["failures"] as? [[String: Any]])?.first)
    #expect(failure["details"] as? String == "def test_a():\n>   assert 1 == 2\n")
    #expect(attempt["attachments"] as? [String] == ["shots/a.png"])
    #expect(test["complete"] as? Bool == run.info.completeness.isComplete)
    #expect(attempt["stdout"] as? String == "printed\n[[ATTACHMENT|shots/a.png]]\n")
  }
}
