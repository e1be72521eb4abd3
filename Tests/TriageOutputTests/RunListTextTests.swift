import ItemQueries
import TestSupport
import Testing
import TriageModel
import TriageOutput

@Suite struct RunListTextTests {
  private func list(
    _ runs: [Run], style: TextStyle = TextStyle(), grouping: Grouping = .suite, all: Bool = false
  ) throws -> String {
    try CollectedOutput.text { sink in
      RunListText(style: style, grouping: grouping, isFailingOnly: !all)
        .write(runs[0], tests: runs[0].table.tests { all || $0.isFailing }, to: sink)
    }
  }

  private var example: RunFixture {
    var fixture = RunFixture()
    fixture.info.branch = "main"
    fixture.info.commit = "8acabed881503eca1b175955d60e1c12df751bfb"
    fixture.info.commitTitle = "Restore the round trip"
    fixture.add("test_scores", in: "tests/test_scoring.py", .failed, message: "values differ: 31 of 40\nmore")
    fixture.add("test_lookup", in: "tests/test_handler.py", .failed, message: "slow", duration: 1.25)
    fixture.add("test_lookup", in: "tests/test_handler.py", .failed, message: "slow again", duration: 1.25)
    fixture.add("test_order", in: "tests/test_handler.py", .failed, message: "once")
    fixture.add("test_order", in: "tests/test_handler.py", .passed)
    fixture.add("test_fine", in: "tests/test_handler.py", .passed)
    fixture.add("test_set_up", in: "tests/test_handler.py", .errored, message: "no database")
    return fixture
  }

  @Test func listsFailingTestsUnderTheirSuites() throws {
    #expect(
      try list([example.run()]) == """
        run 4136 · main · 8acabed Restore the round trip
          1 errored · 2 failed · 1 passed on retry · 1 passed · 5 tests

        tests/test_handler.py ×2
          E tests/test_handler.py::test_set_up  0.50 s  no database
          F tests/test_handler.py::test_lookup   2.5 s  ×2  slow again

        tests/test_scoring.py ×1
          F tests/test_scoring.py::test_scores  0.50 s  values differ: 31 of 40

        """)
  }

  @Test func leavesNoColumnForTimesThatNoReportSays() throws {
    var fixture = RunFixture()
    fixture.add("test_long_name", .failed, duration: .nan)
    fixture.add("test_a", .failed, message: "no", duration: .nan)
    let lines = try list([fixture.run()]).split(separator: "\n")
    #expect(lines.suffix(2) == ["  F tests/test_a.py::test_long_name", "  F tests/test_a.py::test_a          no"])
  }

  @Test func saysOnceWhatMakesARunIncomplete() throws {
    var fixture = RunFixture()
    fixture.info.partial = [Damage(path: "junit.xml", line: 31, cause: "the file ends early")]
    fixture.info.completeness = .incomplete(reasons: ["junit.xml: the file ends early (line 31)"])
    #expect(try list([fixture.run()]).ranges(of: "ends early").count == 1)
  }

  @Test func keepsToATerminalsWidth() throws {
    let text = try list([example.run()], style: TextStyle(width: 40))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(text.contains("F test_scores") && text.contains("…"))
  }

  @Test func coloursOnlyWhenAsked() throws {
    #expect(!(try list([example.run()]).contains("\u{1B}")))
    let colored = try list([example.run()], style: TextStyle(hasColor: true))
    let plain = colored.replacing("\u{1B}[", with: "\u{0}").split(separator: "\u{0}", omittingEmptySubsequences: false)
    let stripped = plain.enumerated().map { $0.offset == 0 ? $0.element : $0.element.drop { $0 != "m" }.dropFirst() }
    #expect(stripped.joined() == (try list([example.run()])))
  }

  @Test func keepsOrnamentsToASCIIWhenAsked() throws {
    let text = try list([example.run()], style: TextStyle(isASCII: true, width: 40))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("x2") && text.contains("..."))
  }

  @Test func neverSaysThatAnIncompleteRunHasNoFailingTests() throws {
    var fixture = RunFixture()
    fixture.info.completeness = .incomplete(reasons: ["the job left no report"])
    let empty = try list([fixture.run()])
    #expect(empty.contains("INCOMPLETE the job left no report") && empty.contains("no tests recorded"))
    #expect(!empty.contains("no failing tests"))
    fixture.add("test_a", .passed)
    #expect(!(try list([fixture.run()]).contains("no failing tests")))
  }

  @Test func saysThatACompleteRunHasNoFailingTests() throws {
    var fixture = RunFixture()
    fixture.add("test_a", .passed)
    #expect(try list([fixture.run()]).contains("no failing tests"))
  }

  @Test func namesDamageAndWarnings() throws {
    var fixture = example
    fixture.info.partial = [Damage(path: "junit.xml", line: 31, cause: "the file ends early")]
    fixture.info.warnings = ["junit.xml declares 9 tests and has 5"]
    let text = try list([fixture.run()])
    #expect(text.contains("  partial: junit.xml:31: the file ends early\n"))
    #expect(text.contains("  warning: junit.xml declares 9 tests and has 5\n"))
  }

  @Test func namesTheFirstOfManyWarningsAndCountsTheRest() throws {
    var fixture = example
    fixture.info.warnings = (1...1000).map { "warning \($0)" }
    let text = try list([fixture.run()])
    #expect(text.contains("  warning: warning 20\n  and 980 more, which assay doctor names\n"))
  }

  @Test func groupsByMessage() throws {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "same")
    fixture.add("test_b", .failed, message: "other")
    fixture.add("test_c", .failed, message: "same")
    let text = try list([fixture.run()], grouping: .message)
    #expect(text.contains("\nsame ×2\n") && text.contains("\nother ×1\n"))
  }

  @Test func joinsAnIntroductionToWhatItIntroduces() throws {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "\n  AssertionError: \n\n  Not equal to tolerance  \n x")
    #expect(try list([fixture.run()]).contains("  AssertionError: Not equal to tolerance\n"))
  }

  @Test func tellsLegsApart() throws {
    var fixture = RunFixture(labels: ["python": "3.11"])
    fixture.add("test_a", .failed, message: "no")
    fixture.beginReport("other/junit.xml", folder: "other", labels: ["python": "3.12"])
    fixture.add("test_a", .failed, message: "no")
    let text = try list([fixture.run()])
    #expect(text.contains("test_a [3.11]") && text.contains("test_a [3.12]"))
  }
}
