import ReportFormats
import Synchronization
import TestSupport
import Testing
import TriageModel

/// A large XML report is parsed on a thread of its own; nothing else may tell that it was.
@Suite struct TwoThreadTests {
  /// The formats whose reports are XML.
  private static let ids = ReportFormats.all.map { $0.id }.filter { LargeReport.of[$0]?.start.hasPrefix("<") == true }

  private func format(_ id: String) throws -> any ReportFormat.Type {
    try #require(ReportFormats.all.first { $0.id == id })
  }

  private func check(_ bytes: [UInt8], as format: any ReportFormat.Type, _ what: String, blockSize: Int = .max) {
    let one = ReadReport.read(bytes, as: format, blockSize: blockSize)
    let two = ReadReport.read(bytes, as: format, blockSize: blockSize, size: .max)
    #expect(one.account == two.account, "\(what)")
    #expect(one.results == two.results, "\(what)")
    #expect(one.table.reports == two.table.reports, "\(what)")
  }

  @Test(arguments: ids) func readsTheSameAsOne(_ id: String) throws {
    let format = try format(id)
    for path in Files.all(in: Files.fixtures() + "/" + id).sorted() {
      let bytes = Files.bytes(path)
      check(bytes, as: format, path)
      check(bytes, as: format, "\(path) in small blocks", blockSize: 997)
      for eighth in 1..<8 { check(Array(bytes.prefix(bytes.count * eighth / 8)), as: format, "\(eighth)/8 of \(path)") }
    }
  }

  @Test(arguments: ids) func readsManyBatches(_ id: String) throws {
    let text = try #require(LargeReport.of[id]).text(12_000)
    check(Array(text.utf8), as: try format(id), "12,000 tests")
  }

  @Test func readsManyBatchesOfFailures() {
    let cases = (0..<3000).map { number in
      let text = String(repeating: "text \(number) ", count: number % 50 * 10)
      return
        "<testcase name=\"t\(number)\" own\(number % 9)=\"\(text)\"><failure message=\"m\(number)\">\(text)</failure></testcase>"
    }
    check(Array("<testsuite>\(cases.joined(separator: "\n"))</testsuite>".utf8), as: JUnitXML.self, "3,000 failures")
  }

  @Test(arguments: ["", " \n", String(repeating: "\n", count: 2 << 20)]) func saysThatThereIsNothing(_ text: String) {
    #expect(!Self.ids.isEmpty)
    check(Array(text.utf8), as: JUnitXML.self, "\(text.count) blanks")
    #expect(ReadReport.read(Array(text.utf8), as: JUnitXML.self, size: .max).result.damages.count == 1)
  }

  @Test func readsWhatIsLongerThanABatch() {
    let long = String(repeating: "0123456789 <&>\u{E9}", count: 60_000)
    let escaped = long.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    let text = """
      <testsuite><testcase name="a"><failure message="\(escaped)">\(escaped)</failure></testcase>\
      <testcase name="\(escaped)" unknown="\(escaped)"><system-out><![CDATA[\(long)]]></system-out></testcase></testsuite>
      """
    check(Array(text.utf8), as: JUnitXML.self, "long texts")
    let read = ReadReport.read(Array(text.utf8), as: JUnitXML.self, size: .max)
    #expect(read.table.text.string(read.table.decidingFailure(of: TestIndex(0))?.message ?? .empty) == long)
  }

  @Test(arguments: [1, 3]) func stopsWhenAskedToAndLeavesTheFileAlone(_ most: Int) throws {
    let text = try #require(LargeReport.of["junit"]).text(400_000)
    let opened = Opened()
    var calls = 0
    var tests = 0
    var input = ReportInput(
      path: "report",
      open: { () throws(ByteSourceError) -> any ByteSource in WatchedSource(Array(text.utf8), opened) },
      progress: { bytes, table in
        calls += 1
        tests = table.count
        #expect(bytes > 0 && table.count > 0)
        return calls < most
      })
    input.size = .max
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "report", folder: "", format: "junit"))
    let result = JUnitXML.read(input, into: &builder)
    #expect(opened.count.withLock { $0 } == 0)
    #expect(calls == most)
    // What was parsed beyond that is not told.
    #expect(builder.table.count == tests)
    #expect(result.damages.map(\.cause) == ["reading was stopped"])
  }

  @Test func saysThatASourceFailed() throws {
    let text = try #require(LargeReport.of["junit"]).text(50_000)
    var input = ReportInput(
      path: "report",
      open: { () throws(ByteSourceError) -> any ByteSource in WatchedSource(Array(text.utf8), nil, failsAtEnd: true) })
    input.size = .max
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "report", folder: "", format: "junit"))
    let result = JUnitXML.read(input, into: &builder)
    #expect(builder.table.count == 50_000)
    #expect(result.damages.contains { $0.cause == "the disk is on fire" })
  }
}

/// How many sources are open.
private final class Opened: Sendable {
  let count = Mutex(0)
}

/// A source that is counted as long as it lives.
private final class WatchedSource: ByteSource {
  private let memory: MemorySource
  private let opened: Opened?
  private let failsAtEnd: Bool

  init(_ bytes: [UInt8], _ opened: Opened?, failsAtEnd: Bool = false) {
    memory = MemorySource(bytes)
    self.opened = opened
    self.failsAtEnd = failsAtEnd
    opened?.count.withLock { $0 += 1 }
  }

  deinit {
    opened?.count.withLock { $0 -= 1 }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = try memory.read(into: buffer)
    if count == 0, failsAtEnd { throw .system("the disk is on fire") }
    return count
  }
}
