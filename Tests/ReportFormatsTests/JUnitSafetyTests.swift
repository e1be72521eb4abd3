import Foundation
import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Reports written by strangers.
@Suite struct JUnitSafetyTests {
  @Test func fetchesNoExternalEntity() {
    let secret = Files.packageRoot + "/Package.swift"
    for doctype in [
      "<!DOCTYPE r [<!ENTITY x SYSTEM \"file://\(secret)\">]>",
      "<!DOCTYPE r [<!ENTITY % p SYSTEM \"file://\(secret)\"> %p;]>",
      "<!DOCTYPE r SYSTEM \"file://\(secret)\">",
    ] {
      let read = ReadReport.junit(
        doctype + "<testsuite><testcase name=\"a\"><failure message=\"&x;\">&x;</failure></testcase></testsuite>")
      #expect(read.counts.total == 1)
      #expect(!read.account.joined().contains("swift-tools-version"))
    }
  }

  @Test func expandsNoEntity() {
    let bomb = (1...20).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);&e\($0 - 1);&e\($0 - 1);\">" }.joined()
    let read = ReadReport.junit(
      "<!DOCTYPE r [<!ENTITY e0 \"boom\">\(bomb)]><testsuite><testcase name=\"a\"><failure>&e20;</failure></testcase></testsuite>"
    )
    #expect(read.lines == ["a failed"])
    #expect(read.account.joined().contains("&e20;"))
  }

  @Test func readsSuitesHundredsDeepAndStopsAtTheLimit() {
    func nested(_ depth: Int) -> String {
      "<testsuites><testcase name=\"first\"/>" + String(repeating: "<testsuite name=\"n\">", count: depth)
        + "<testcase classname=\"c\" name=\"a\"/>" + String(repeating: "</testsuite>", count: depth) + "</testsuites>"
    }
    #expect(ReadReport.junit(nested(1900)).lines == ["first passed", "c::a passed"])
    let tooDeep = ReadReport.junit(nested(5000))
    #expect(tooDeep.lines.first == "first passed")
    #expect(tooDeep.result.damages.map(\.cause) == ["elements lie more than 2000 deep"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["<!--", "<?x", "<!x", "</x", "<x y=\""])
  func endsWithMarkupThatNeverDoes(markup: String) {
    let text = "<testsuites><testcase name=\"a\"/>" + String(repeating: markup, count: 200_000)
    let read = ReadReport.junit(text)
    #expect(read.lines == ["a passed"])
    #expect(!read.result.damages.isEmpty)
  }

  @Test func joinsOutputInManyPiecesOnce() throws {
    let pieces = String(repeating: "<system-out>a</system-out>", count: 100_000)
    let read = ReadReport.junit(
      "<testsuite><testcase name=\"a\">\(pieces)<system-err>e</system-err></testcase></testsuite>")
    let test = try #require(read.tests.first)
    let attempt = try #require(read.table.attempts(of: test).first)
    #expect(attempt.standardOutput.count == 199_999)
    #expect(read.table.text.string(attempt.standardOutput).hasPrefix("a\na\n"))
    #expect(read.table.text.string(attempt.standardError) == "e")
  }

  @Test(.timeLimit(.minutes(1))) func looksForNoFileOfAnEndlessClassName() {
    let name = String(repeating: "a.", count: 200_000) + "T"
    let read = ReadReport.junit(
      "<testsuite name=\"pytest\"><testcase classname=\"\(name)\" name=\"t\"/></testsuite>", files: ["a/a.py"])
    #expect(read.counts[.passed] == 1)
  }

  @Test func cutsTextAtTheLimitAndSaysSo() throws {
    let long = String(repeating: "0123456789abcdef", count: (TextStore.longestText >> 4) + 100)
    let read = ReadReport.junit(
      "<testsuite><testcase name=\"a\"><system-out>\(long)</system-out></testcase><testcase name=\"b\"/></testsuite>")
    #expect(read.lines == ["a passed", "b passed"])
    let test = try #require(read.tests.first)
    #expect(read.table.attempts(of: test)[0].standardOutput.count == TextStore.longestText)
    #expect(read.result.warnings.contains { $0.contains("is cut") })
  }

  @Test func readsANameOfAMegabyteAndHostileNames() {
    let names = [
      String(repeating: "x", count: 1 << 20), "a&#10;b", "\u{202E}evil", "a\u{1B}]0;title\u{7}", "../../etc/passwd", "",
    ]
    for name in names {
      let read = ReadReport.junit("<testsuite><testcase classname=\"c\" name=\"\(name)\"/></testsuite>")
      #expect(read.counts.total == 1)
      #expect(read.counts[.passed] == 1)
    }
  }

  @Test func readsManyReportsOnManyThreadsAtOnce() async {
    let text = Files.text(Files.fixtures() + "/junit/pytest-rerunfailures.xml")
    let expected = ReadReport.junit(text).lines
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<8 { group.addTask { ReadReport.junit(text).lines } }
      for await lines in group { #expect(lines == expected) }
    }
  }
}
