import RunArtifacts
import TerminalKit
import TestSupport
import Testing
import TriageModel

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct DocumentBuilderTests {
  private func run(details: String, message: String = "", output: String = "") -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    var record = AttemptRecord(suite: builder.suite("tests/test_a.py"), name: builder.text("test_a"), outcome: .failed)
    var failure = FailureRecord()
    failure.message = builder.text(message)
    failure.details = builder.text(details)
    record.failures = [failure]
    record.standardOutput = builder.text(output)
    builder.add(record)
    builder.endReport()
    var info = RunInfo(identity: RunIdentity(source: "", id: "1"))
    info.files = [RunFile(path: "shots/page.png", kind: .image, size: 12_000, location: "/runs/shots/page.png")]
    return Run(info: info, table: builder.table)
  }

  private func document(_ subject: DocumentSubject, of run: Run) -> DocumentText {
    DocumentBuilder.text(
      about: subject, of: run, at: 0, from: DocumentSources(ownFiles: OwnFiles { $0 == "tests/test_a.py" }))
  }

  private let test = TestIndex(0)

  @Test func beginsWithTheFailureThenTheVerdictAndItsEvidence() {
    let run = run(details: "stack", message: "boom")
    var since = RunRecord(key: 7, identity: RunIdentity(source: "ci", id: "4116"))
    (since.commit, since.commitTitle) = ("194bf4a3", "Clip \u{1B}[2Jthe logit")
    let verdict = Verdict(.broken, why: ["failed 25 of 25 runs since"], flips: ["one pass makes it flaky"])
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.standing = { _ in TestStanding(verdict: verdict, since: since) }
    let document = DocumentBuilder.text(
      about: .message(test), of: run, at: 0, from: sources)
    let texts = document.lines.map(\.text)
    #expect(texts[0...1] == ["boom", ""])
    #expect(texts[2].hasPrefix("BROKEN since run 4116  194bf4a Clip ") && !texts[2].contains("\u{1B}"))
    #expect(texts[3...4] == ["  why    failed 25 of 25 runs since", "  flips  one pass makes it flaky"])
  }

  @Test func leavesTheVerdictItsPlaceOnASmallScreen() throws {
    let words = (1...30).map { "E   line \($0) " + String(repeating: "x", count: 100) }.joined(separator: "\n")
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.standing = { _ in TestStanding(verdict: Verdict(.new, why: ["never failed before"])) }
    let document = DocumentBuilder.text(
      about: .message(test), of: run(details: words), at: 0, from: sources)
    let rows = document.lines.flatMap { $0.wrapped(width: 79) }
    let verdict = try #require(rows.firstIndex { $0.text == "NEW" })
    #expect(verdict <= 5)
    #expect(rows.contains { $0.text.contains("line 30") }, "\(rows.map(\.text))")
  }

  @Test func handsATestOverAsMarkdownThatMentionsNobody() throws {
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.standing = { _ in TestStanding(verdict: Verdict(.new, why: ["never failed before"])) }
    let run = run(details: "", message: "ping @all ``` [x](http://evil)")
    let document = DocumentBuilder.text(
      about: .stack(test), of: run, at: 0, from: sources)
    let lines = try #require(document.handover).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("**`tests/test_a.py::test_a`** failed in "))
    #expect(lines[2...4] == ["````", "ping @all ``` [x](http://evil)", "````"])
    #expect(lines.contains("- verdict: new: never failed before"))
    #expect(lines.last == "- run: `pytest tests/test_a.py::test_a`")
  }

  @Test func opensTheProjectsOwnFrameAndNoLibrarys() {
    let python = """
        File "/builds/x/tests/test_a.py", line 12, in test_a
        File "/builds/x/tests/test_a.py", line 30, in helper
        File "/usr/lib/python3/site-packages/numpy/core.py", line 3, in f
      """
    let source = document(.message(test), of: run(details: python, message: "boom")).source
    #expect(source == SourceLocation(file: "tests/test_a.py", line: 30))
    let library = "  File \"/usr/lib/python3/site-packages/numpy/core.py\", line 3, in f"
    let definition = document(.message(test), of: run(details: library, message: "boom")).source
    #expect(definition?.file != "/usr/lib/python3/site-packages/numpy/core.py")
  }

  @Test func tablesKeepTheirColumns() {
    let text =
      "values:\n          a         b         c\n0  0.307092  0.658217  0.120156\n1  0.487327  0.639794  0.199811\nend"
    let lines = document(.output(test), of: run(details: "", output: text)).lines
    #expect(lines.map(\.isTable) == [false, false, true, true, true, false])
  }

  @Test func ownFramesStandOutAndLeadToTheirLine() {
    let text = """
      Traceback (most recent call last):
        File "/builds/x/tests/test_a.py", line 12, in test_a
        File "/usr/lib/python3/site-packages/numpy/core.py", line 3, in f
      """
    let document = document(.stack(test), of: run(details: text))
    #expect(document.links == [1: .source(SourceLocation(file: "tests/test_a.py", line: 12))])
    #expect(document.lines[1].spans[0].style.role == .frameOwn)
    #expect(document.lines[2].spans[0].style.role == .frameOther)
  }

  @Test func coloursBothSidesOfAComparisonButNoList() {
    let compared = document(.stack(test), of: run(details: "E   assert\nE     - old\nE     + new"))
    #expect(compared.lines.map { $0.spans[0].style.role } == [.fail, .minus, .plus])
    let list = document(.stack(test), of: run(details: "items:\n- one\n- two"))
    #expect(list.lines.map { $0.spans[0].style.role } == [.text, .text, .text])
  }

  @Test func keepsColoursOfOutputAndNothingElseOfItsEscapes() {
    let output = "\u{1B}[31mred\u{1B}[0m\u{1B}]0;title\u{7}\u{1B}[2Jplain\u{202E}"
    let document = document(.output(test), of: run(details: "", output: output))
    #expect(document.lines.last?.text == "red␛…plain<U+202E>")
    #expect(document.lines.last?.spans.first?.style.paletteColor == 1)
  }

  @Test func listsTheAttachmentsThatTheOutputNames() {
    let run = run(details: "", output: "saved\n[[ATTACHMENT|/home/ci/out/shots/page.png]]\n")
    let document = document(.files(test), of: run)
    #expect(document.links[1] == .file(FileLink(location: "/runs/shots/page.png", shown: "shots/page.png")))
  }

  @Test func findsAttachmentsByTheEndsOfTheirPaths() {
    let names = ["/ci/out/é/b.png", "b.png", "x/b.png", "out/é/b.png", "nob.png", "/", "c.png/", "é/b.png"]
    var run = run(details: "", output: names.map { "[[ATTACHMENT|\($0)]]\n" }.joined())
    run.info.files = ["a/nob.png", "out/é/b.png", "x/b.png", "c.png", "b.png"].map {
      RunFile(path: $0, kind: .image, size: 1, location: "/runs/" + $0)
    }
    #expect(Attachments.named(by: test, in: run).map(\.shown) == ["out/é/b.png", "x/b.png", "a/nob.png"])
  }

  @Test(.timeLimit(.minutes(1))) func findsTenThousandAttachmentsAmongAHundredThousandFiles() {
    var fixture = RunFixture()
    for attempt in 0..<10 {
      let names = (0..<1000).map { "[[ATTACHMENT|/ci/out/\(attempt * 1000 + $0)/test-failed.png]]\n" }
      fixture.add("test_a", .failed, output: names.joined())
    }
    var run = fixture.run()
    run.info.files = (0..<100_000).map {
      RunFile(path: "\(99_999 - $0)/test-failed.png", kind: .image, size: 1, location: "")
    }
    #expect(Attachments.named(by: test, in: run).map(\.shown) == (0..<10_000).map { "\($0)/test-failed.png" })
  }

  @Test(arguments: [("console", true), ("out.log", true), ("requirements.txt", false)])
  func opensLogsAtTheirEndWhateverTheyAreCalled(name: String, isLog: Bool) throws {
    let folder = try TemporaryFolder()
    let location = try folder.write(name, "one\ntwo\n")
    let kind = RunFileKind.of(name: name) { [] }
    var run = run(details: "")
    run.info.files = [RunFile(path: name, kind: kind, size: 8, location: location)]
    let link = try #require(document(.files(nil), of: run).links.values.first)
    guard case .file(let file) = link else { return }
    let document = document(.file(file), of: run)
    #expect(document.lines.map(\.text) == ["one", "two"])
    #expect(document.opensAtEnd == isLog)
  }

  @Test func readsTheEndOfALongLogAndSaysWhatItLeftOut() throws {
    let folder = try TemporaryFolder()
    let line = String(repeating: "x", count: 999) + "\n"
    let text = String(repeating: line, count: 5000) + "Killed\n"
    let location = try folder.write("console.log", text)
    let link = FileLink(RunFile(path: "console.log", kind: .log, size: text.utf8.count, location: location))
    let document = document(.file(link), of: run(details: ""))
    #expect(document.lines.last?.text == "Killed")
    #expect(
      document.lines.first?.text.hasPrefix("… the first \(text.utf8.count - (4 << 20)) bytes are not shown") == true)
  }

  @Test func countsLinesThatItDoesNotMake() {
    for (text, rest) in [("a\nb", 0), ("a\nb\n", 0), ("a\nb\nc", 1), ("a\n\n\n\n", 2)] {
      let made = OutputLines.lines(of: text, limit: 2)
      #expect(made.lines.count == 2)
      #expect(made.rest == rest)
    }
  }

  @Test func theFilesTellWhatIsWrongWithTheRun() {
    var run = run(details: "")
    run.info.completeness = .incomplete(reasons: ["junit.xml ends in the middle", "the job was killed"])
    run.info.warnings = ["junit.xml: declares 3 tests but has 2\u{1B}[2J"]
    let lines = document(.files(nil), of: run).lines.map(\.text)
    #expect(lines.contains("  the job was killed"))
    #expect(lines.contains("  junit.xml: declares 3 tests but has 2␛[2J"))
  }

  @Test func saysWhatItCuts() {
    let lines = (0...DocumentBuilder.longestText).map { "line \($0)" }.joined(separator: "\n")
    let document = document(.stack(test), of: run(details: lines))
    #expect(document.lines.last?.text == "… 1 more line is not shown here")
  }
}
