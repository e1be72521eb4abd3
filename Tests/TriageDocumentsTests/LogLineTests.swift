import TerminalKit
import TestSupport
import Testing

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct LogLineTests {
  @Test(arguments: [
    ("2026-11-20T10:00:00.0000000Z ##[group]Run make test", "10:00:00 ▾ Run make test", Role.heading),
    (
      "2026-11-20T10:00:01Z ##[error]Process completed with exit code 1.",
      "10:00:01 Process completed with exit code 1.", .fail
    ),
    ("2026-11-20T10:00:01.5Z plain words", "10:00:01 plain words", .text),
    ("##[warning]slow", "slow", .warning),
    ("::error file=a.py,line=3::no", "::error file=a.py,line=3::no", .fail),
    ("2026-11-20 10:00:00 not a stamp", "2026-11-20 10:00:00 not a stamp", .text),
  ])
  func readsLikeAPersonWould(written: String, shown: String, role: Role) {
    let line = LogLine.styled(Line(written))
    #expect(line.text == shown)
    #expect(line.spans.last?.style.role == role)
  }

  @Test func opensALogAtItsEndAndSaysWhatItLeavesOut() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: String(repeating: "x", count: 99) + "\n", count: 50_000)
    let path = try folder.write("console.log", Array(text.utf8))
    let document = FileDocument.read(FileLink(location: path, shown: "console.log", isLog: true))
    #expect(document.opensAtEnd)
    #expect(
      document.lines.first?.text
        == "… the first \(5_000_000 - FileDocument.longestRead) bytes are not shown; o opens the file in the editor")
    let missing = FileDocument.read(FileLink(location: path + "x", shown: "gone.log", isLog: true))
    #expect(missing.lines.map(\.text) == ["could not open gone.log: there is no such file or folder"])
  }

  @Test func makesNoMoreLinesThanAnybodyReads() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("feeds", [UInt8](repeating: 0x0A, count: 1_000_000) + Array("end".utf8))
    for isLog in [true, false] {
      let document = FileDocument.read(FileLink(location: path, shown: "feeds", isLog: isLog))
      #expect(document.lines.count <= DocumentBuilder.longestText + 2)
      #expect(document.lines.contains { $0.text.hasSuffix("o opens the file in the editor") })
      #expect((document.lines.last?.text == "end") == isLog)
    }
  }
}
