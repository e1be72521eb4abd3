import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What scenarios leave inside their reports.
@Suite struct CucumberTests {
  private static func read(_ step: String) -> ReadReport {
    let text = #"""
      [{"uri":"a.feature","keyword":"Feature","name":"f","elements":[{"name":"s","type":"scenario",\#
      "steps":[{"name":"one","keyword":"When ","result":{"status":"passed"},\#(step)}]}]}]
      """#
    return ReadReport.read(Array(text.utf8), as: CucumberJSON.self)
  }

  private static func output(_ step: String) -> String {
    let read = read(step)
    return read.table.attempts(of: TestIndex(0)).map { read.table.text.string($0.standardOutput) }.joined()
  }

  @Test(arguments: [
    (#"{"mime_type":"text/plain","data":"aGVsbG8="}"#, "[text/plain, 5 bytes]\nhello\n"),
    (
      #"{"mime_type":"text/plain; charset=utf-8","data":"aGVs\nbG8="}"#, "[text/plain; charset=utf-8, 5 bytes]\nhello\n"
    ),
    (#"{"mime_type":"application/json","name":"n","data":"e30="}"#, "[n, application/json, 2 bytes]\n{}\n"),
    // Some tools write a text as it is, and do not say so.
    (#"{"mime_type":"text/plain","data":"as it is"}"#, "[text/plain, 8 bytes]\nas it is\n"),
    (#"{"mime_type":"text/plain","data":"////"}"#, "[text/plain, 4 bytes]\n////\n"),
    (#"{"mime_type":"image/png","name":"screen","data":"iVBORw0KGgo="}"#, "[screen, image/png, 8 bytes]\n"),
    (#"{"data":"AAEC"}"#, "[type not told, 3 bytes]\n"),
    (#"{"media":{"type":"text/plain","encoding":"IDENTITY"},"data":"aGVsbG8="}"#, "[text/plain, 8 bytes]\naGVsbG8=\n"),
    (#"{"media":{"type":"text/x.cucumber.log+plain"},"data":"aGVsbG8="}"#, "hello\n"),
    ("{}", "[type not told, 0 bytes]\n"), ("7", "[type not told, 0 bytes]\n"),
    (#"{"mime_type":"image/png","data":"="}"#, "[image/png, 0 bytes]\n"),
  ])
  func aTextInTheReportIsShownAndAPictureNamed(_ file: String, _ shown: String) {
    #expect(Self.output("\"embeddings\":[\(file)]") == shown)
  }

  @Test func longTextsAreCutAndCounted() {
    // Two bytes a character: the cut falls into one.
    let text = String(repeating: "w6nDqcOp", count: 15_000)
    let shown = Self.output("\"embeddings\":[{\"mime_type\":\"text/plain\",\"data\":\"\(text)\"}]")
    #expect(shown.hasPrefix("[text/plain, 90,000 bytes]\n\u{E9}\u{E9}"))
    #expect(shown.hasSuffix("\u{E9}\n[… 24,466 more bytes]\n"))
  }

  @Test func manyFilesAreCountedBeyondALimit() {
    let file = #"{"mime_type":"text/plain","data":"\#(String(repeating: "QUFB", count: 20_000))"}"#
    let shown = Self.output("\"embeddings\":[\(Array(repeating: file, count: 40).joined(separator: ","))]")
    #expect(shown.hasSuffix("more files]\n"))
    #expect(shown.utf8.count < 1_200_000)
  }

  @Test func aHookBehindAStepThatFailsIsAFailure() {
    let read = Self.read(#""after":[{"result":{"status":"failed","error_message":"broken"}}]"#)
    #expect(read.counts.failing == 1)
  }

  @Test func outputIsKeptByLines() {
    #expect(Self.output(#""output":["one","two\n"]"#) == "one\ntwo\n")
    #expect(Self.output(#""output":"one","embeddings":"two""#) == "")
  }
}
