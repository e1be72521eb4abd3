import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What is kept of broken reports, and what is said about the rest.
@Suite struct JUnitDamageTests {
  private func read(_ name: String) -> ReadReport {
    ReadReport.read(Files.bytes(Files.fixtures() + "/junit/damaged/" + name), as: JUnitXML.self)
  }

  /// The first failure's message or details, or the output, of the test `c::a`.
  private func said(_ read: ReadReport) -> String {
    guard let test = read.tests.first, let attempt = read.table.attempts(of: test).first else { return "" }
    let failure = attempt.failures.first
    let text = [failure?.message, failure?.details].compactMap { $0 }.first { !$0.isEmpty }
    return text ?? read.table.text.string(attempt.standardOutput)
  }

  @Test(
    arguments: [
      ("esc-in-attr.xml", "control characters", "x"),
      ("esc-in-text.xml", "control characters", "x"),
      ("esc-in-cdata.xml", "control characters", "x\u{1B}[31m"), ("charref27.xml", "control characters", ""),
      ("nul.xml", "control characters", "x\u{0}y"), ("xml11.xml", "control characters", ""),
      ("bad-utf8.xml", "not UTF-8", "café ÿ"), ("html-entity.xml", "undeclared entities", "&nbsp;x"),
      ("cdata-end.xml", "]]>", "a  b]]>"), ("laughs.xml", "undeclared entities", "&j;"),
      ("unclosed-tag.xml", "missing end tags", "x"),
    ])
  func mendsTextWithoutLoss(_ name: String, _ mended: String, _ text: String) {
    let read = read(name)
    #expect(read.result.damages.isEmpty)
    #expect(read.result.warnings.contains { $0.hasPrefix("mended: ") && $0.contains(mended) })
    #expect(said(read) == text)
    #expect(name == "laughs.xml" || read.counts.total == 2)
  }

  @Test(
    arguments: [
      ("amp-unescaped.xml", ["c::a & b", "c::b"]), ("lt-in-attr.xml", ["c::a<b>", "c::b"]),
      ("dup-attr.xml", ["s::a", "s::c"]), ("noroot-two.xml", ["c::a", "c::b"]), ("leading-ws-decl.xml", ["c::a"]),
      ("leading-comment-decl.xml", ["c::a"]), ("log-prefix.xml", ["c::a"]), ("trailing-log.xml", ["c::a"]),
      ("declared-utf8-is-latin1.xml", ["c::é", "c::b"]), ("decl-utf16-but-utf8.xml", ["c::a"]),
      ("latin1.xml", ["c::é"]), ("win1252.xml", ["c::“q”"]), ("shiftjis.xml", ["c::テスト"]),
      ("utf16le-bom.xml", ["c::é"]),
      ("unbound-ns.xml", ["s::a", "c::b"]), ("deep-300.xml", ["c::a"]),
    ])
  func keepsNamesWhole(_ name: String, _ ids: [String]) {
    let read = read(name)
    #expect(read.result.damages.isEmpty)
    #expect(read.tests.map { read.table.id(of: $0) } == ids)
  }

  @Test(arguments: ["truncated.xml", "trunc-cdata.xml"]) func keepsAFailureThatBreaksOff(_ name: String) {
    let read = read(name)
    #expect(read.lines == ["c::a passed", "s::b failed"])
    #expect(read.result.damages == [Damage(path: "report", line: 2, cause: "the report ends inside <failure>")])
    #expect(read.tests.last.map { read.table.attempts(of: $0)[0].failures[0].details } == "half")
  }

  @Test func doesNotTakeATestThatBreaksOffForPassed() {
    let read = read("trunc-tag.xml")
    #expect(read.lines == ["c::a passed", "s::b errored"])
    #expect(read.result.damages.map(\.cause) == ["the report ends inside a tag"])
    let nameless = ReadReport.junit(#"<testsuite><testcase name="a"/><testcase time="1">"#)
    #expect(nameless.lines == ["a passed"])
  }

  @Test func mendsSwiftTestingsRawNames() {
    let read = ReadReport.junit(
      #"<testsuite name="TestResults"><testcase classname="S" name="`a <b> & "c" = d`()" time="1"/></testsuite>"#)
    #expect(read.lines == [#"S::`a <b> & "c" = d`() passed"#])
  }

  @Test func readsUTF16WithControlCharacters() {
    let text = "<testsuite><testcase name=\"é\u{1B}\"/></testsuite>"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)] }
    #expect(ReadReport.read(bytes, as: JUnitXML.self).lines == ["é\u{1B} passed"])
  }

  @Test func readsDeclaredEncodingsWithControlCharacters() {
    // "тест" in windows-1251, "テスト" in Shift_JIS, each behind an escape that libxml2 refuses.
    let names: [(String, [UInt8], String)] = [
      ("windows-1251", [0xF2, 0xE5, 0xF1, 0xF2], "тест"),
      ("Shift_JIS", [0x83, 0x65, 0x83, 0x58, 0x83, 0x67], "テスト"), ("ISO-8859-1", [0xE9], "é"),
    ]
    for (encoding, bytes, name) in names {
      let start = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><testsuite><testcase name=\"\u{1B}"
      let report = Array(start.utf8) + bytes + Array("\"/></testsuite>".utf8)
      #expect(ReadReport.read(report, as: JUnitXML.self).lines == ["\u{1B}\(name) passed"])
    }
  }

  @Test(arguments: [Int.max, 21]) func readsOnWhereTheDeclaredEncodingIsWrong(_ blockSize: Int) {
    for encoding in ["UTF-F-8", "Shift_JIS"] {
      let start = Array(
        "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<testsuite name=\"s\"><testcase name=\"a\"/>".utf8)
      let report = start + Array("<testcase name=\"b".utf8) + [0xA0, 0xFF] + Array("\"/></testsuite>".utf8)
      let read = ReadReport.read(report, as: JUnitXML.self, blockSize: blockSize)
      #expect(read.table.count == 2)
      #expect(read.result.warnings.contains { $0.hasPrefix("mended: ") })
    }
  }

  @Test func saysHowMuchWasMendedOnceAKind() {
    let case_ = "<testcase name=\"a\u{1B}\"/>"
    let read = ReadReport.junit("<testsuite>\n" + String(repeating: case_, count: 50) + "</testsuite>")
    #expect(read.result.warnings == ["mended: control characters kept (50, first at line 2)"])
  }

  @Test func keepsReportsBehindOneAnotherInOneFile() {
    let one = #"<?xml version="1.0"?><testsuite name="x"><testcase name="a"/></testsuite>"#
    let read = ReadReport.junit(one + "\n" + one.replacing("\"a\"", with: "\"b\"") + "\nDone.\n")
    #expect(read.lines == ["x::a passed", "x::b passed"])
    #expect(read.result.damages.isEmpty)
  }

  @Test func readsOnBehindACommentThatNeverEnds() {
    let read = ReadReport.junit("<testsuite><testcase name=\"a\"/><!-- <testcase name=\"b\"/></testsuite>")
    #expect(read.lines.contains("a passed"))
    #expect(read.result.damages.contains { $0.cause == "a comment never ends" })
  }

  @Test func givesTheSuitesOutputToFailuresOfTheFirstPass() throws {
    let read = ReadReport.junit(
      "<testsuite><testcase name=\"a\"><failure/></testcase><testcase name=\"b & c\"/><system-out>suite</system-out></testsuite>"
    )
    let attempt = try #require(read.tests.first.map { read.table.attempts(of: $0)[0] })
    #expect(read.table.text.string(attempt.standardOutput) == "suite")
  }

  @Test func treatsTheSecondPassAsTheSameReading() {
    // The break comes late: what the strict reader added must not be added again.
    let cases = (0..<500).map { #"<testcase classname="c" name="t\#($0)"><failure message="m"/></testcase>"# }
    let read = ReadReport.junit("<testsuite>" + cases.joined() + "<testcase name=\"a & b\"/></testsuite>")
    #expect(read.table.count == 501)
    #expect(read.table.attemptCount == 501)
    #expect(read.result.caseCount == 501)
  }
}
