import TerminalKit
import TestSupport
import Testing
import TriageModel

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct ComparedOutputTests {
  private func run(_ id: String, _ outcome: Outcome, _ output: String, _ message: String = "") -> Run {
    var fixture = RunFixture(id: id)
    fixture.add("test_other")
    fixture.add("test_a", outcome, message: message, output: output)
    return fixture.run()
  }

  private func document(_ runs: [Run], at place: Int = 0, lastPass: String? = nil) -> DocumentText {
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.runs = runs
    sources.standing = { _ in
      let record = lastPass.map { RunRecord(key: 1, identity: RunIdentity(source: "example", id: $0)) }
      return TestStanding(verdict: Verdict(.broken, why: []), lastPass: record)
    }
    return DocumentBuilder.text(about: .comparedOutput(TestIndex(1)), of: runs[place], at: place, from: sources)
  }

  private func texts(_ document: DocumentText) -> [String] { document.lines.map(\.text) }

  @Test func onlyRealDifferencesStandOut() throws {
    let document = document([
      run("3", .failed, "loading /tmp/x1/model\ntook 1.25 s\nretrying\n", "boom at 0x7f31a2b4"),
      run("2", .failed, "loading /tmp/x2/model\ntook 1.31 s\n", "boom at 0x7f31ffff"),
      run("1", .passed, "loading /tmp/x9/model\ntook 0.98 s\nsaved\n"),
    ])
    let lines = texts(document)
    #expect(lines.contains { $0.hasPrefix("tbg loading ") } && lines.contains { $0.hasPrefix("tbg took ") })
    #expect(lines.contains("t·· retrying") && lines.contains("··g saved"))
    #expect(lines.contains { $0.hasPrefix("tb· boom at ") })
    #expect(document.links.values.contains(.run(RunIdentity(source: "example", id: "1"))))
    let gone = try #require(document.lines.first { $0.text == "··g saved" })
    #expect(gone.spans.last?.style.role == .minus)
  }

  @Test func takesTheNewestGreenRunThatIsOlder() {
    let runs = [
      run("5", .passed, "five\n"), run("4", .failed, "four\n", "boom"), run("3", .failed, "three\n", "boom"),
      run("2", .passed, "two\n"), run("1", .passed, "one\n"),
    ]
    let lines = texts(document(runs, at: 1))
    #expect(lines[1].hasPrefix("b  the run before") && lines[1].contains("run 3"))
    #expect(lines[2].hasPrefix("g  the last green run") && lines[2].contains("run 2"))
    #expect(!lines.contains { $0.contains("five") || $0.contains("one") })
  }

  @Test func aRunBeforeThatIsGreenStandsOnce() {
    let lines = texts(document([run("2", .failed, "two\n", "boom"), run("1", .passed, "two\n")]))
    #expect(lines[1].hasPrefix("g  the run before, green"))
    #expect(lines.contains("t·g two"))
  }

  @Test func saysWhichRunWouldTellMoreAndHowToOpenIt() {
    let lines = texts(document([run("3", .failed, "x\n", "boom"), run("2", .failed, "x\n", "boom")], lastPass: "1"))
    #expect(lines.contains { $0.contains("run 1") && $0.contains("not open") && $0.contains("assay FOLDER") })
    let alone = texts(document([run("3", .failed, "x\n", "boom")]))
    #expect(alone.contains { $0.contains("No older run with this test is open") })
  }

  @Test func saysWhenNothingWasKept() {
    let lines = texts(document([run("2", .failed, "", "boom"), run("1", .passed, "")]))
    #expect(lines[1].hasSuffix("no output was kept"))
    #expect(lines.contains { $0.hasPrefix("There is nothing to compare it with") })
  }

  @Test func saysWhenNothingDiffers() {
    let lines = texts(document([run("2", .failed, "took 2.1 s", "boom"), run("1", .failed, "took 1.9 s", "boom")]))
    #expect(lines.contains { $0.hasPrefix("Nothing differs but what is masked") })
  }
}
