import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Every report of the corpus, where it lies.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct CorpusConformanceTests {
  private static let files = Corpus.files(in: "reports") + Corpus.files(in: "generated")

  @Test func readsEveryFileOrNamesItAsNotRecognised() {
    var recognised: [String: Int] = [:]
    var unknown = 0
    for path in Self.files {
      let bytes = Files.bytes(path)
      let head = ReportHead(name: Files.name(path), bytes: Array(bytes.prefix(ReportHead.length)))
      let claims = ReportFormats.all.filter { $0.recognises(head) }
      #expect(claims.count < 2, "two formats claim \(path)")
      guard let format = claims.first else {
        unknown += 1
        continue
      }
      recognised[format.id, default: 0] += 1
      let read = ReadReport.read(bytes, as: format, path: path)
      #expect(read.counts.total + read.table.itemCounts.total == read.table.count)
      #expect(read.result.damages.allSatisfy { !$0.cause.isEmpty })
    }
    #expect(recognised["junit", default: 0] > 280)
    #expect(recognised["pytest-json-report"] == 2)
    #expect(recognised["pytest-reportlog"] == 1)
    #expect(unknown > 0)
  }

  @Test func findsEveryTestCaseThatAnIndependentCountFinds() {
    var checked = 0
    for path in Self.files where path.hasSuffix(".xml") {
      let bytes = Files.bytes(path)
      let head = ReportHead(name: Files.name(path), bytes: Array(bytes.prefix(ReportHead.length)))
      guard JUnitXML.recognises(head) else {
        #expect(!bytes.starts(with: Array("<testsuite".utf8)), "\(path) is not recognised")
        continue
      }
      let read = ReadReport.read(bytes, as: JUnitXML.self, path: path)
      guard read.result.damages.allSatisfy({ $0.cause.hasPrefix("it declares") }) else { continue }
      checked += 1
      #expect(read.result.caseCount == TestCaseCounter.count(bytes), "\(path)")
    }
    #expect(checked > 280)
  }

  /// A line of log before the report makes libxml2 give up at once: the mending reader must read the same.
  @Test func mendsWithoutChangingWhatIsSound() {
    var compared = 0
    for path in Self.files where path.hasSuffix(".xml") {
      let bytes = Files.bytes(path)
      let head = ReportHead(name: Files.name(path), bytes: Array(bytes.prefix(ReportHead.length)))
      guard bytes.count < 200_000, bytes.starts(with: Array("<".utf8)), !bytes.contains(0), JUnitXML.recognises(head)
      else { continue }
      let strict = ReadReport.read(bytes, as: JUnitXML.self)
      let isSound = strict.result.damages.isEmpty && !strict.result.warnings.contains { $0.hasPrefix("mended") }
      let label = String(decoding: bytes.prefix(100), as: UTF8.self).lowercased()
      guard isSound, !label.contains("encoding") || label.contains("utf-8") else { continue }
      let mended = ReadReport.read(Array("a line of log\n".utf8) + bytes, as: JUnitXML.self)
      #expect(mended.account == strict.account, "\(path)")
      compared += 1
    }
    #expect(compared > 200)
  }
}

/// Counts `<testcase` start tags outside comments, CDATA and instructions: a few lines that share no code with the reader.
enum TestCaseCounter {
  static func count(_ bytes: [UInt8]) -> Int {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let text = isUTF16 ? bytes.filter { $0 != 0 } : bytes
    var count = 0
    var index = 0
    func skip(_ start: String, _ end: String) -> Bool {
      guard text[index...].starts(with: start.utf8) else { return false }
      index += start.utf8.count
      while index < text.count, !text[index...].starts(with: end.utf8) { index += 1 }
      return true
    }
    while index < text.count {
      guard text[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if skip("<!--", "-->") || skip("<![CDATA[", "]]>") || skip("<?", "?>") { continue }
      if text[index...].starts(with: "<testcase".utf8), index + 9 < text.count,
        " \n\t\r>/".utf8.contains(text[index + 9])
      {
        count += 1
      }
      index += 1
    }
    return count
  }
}
