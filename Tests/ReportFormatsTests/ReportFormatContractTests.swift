import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What every format promises, whatever it is given.
@Suite struct ReportFormatContractTests {
  private static let ids = ReportFormats.all.map { $0.id }

  private func format(_ id: String) throws -> any ReportFormat.Type {
    try #require(ReportFormats.all.first { $0.id == id })
  }

  private static func fixtures(_ id: String) -> [String] {
    Files.all(in: Files.fixtures() + "/" + id).sorted()
  }

  @Test func keepsItsRegistrySortedWithEveryIDOnce() {
    for ids in [ReportFormats.tests.map { $0.id }, ReviewSources.all.map { $0.id }] { #expect(ids == ids.sorted()) }
    #expect(Set(Self.ids).count == Self.ids.count)
    #expect(Set(ReportFormats.all.map { $0.richness }).count == Self.ids.count)
  }

  @Test(arguments: ids) func hasFixturesThatOnlyItClaims(_ id: String) {
    let fixtures = Self.fixtures(id).filter { !["empty.xml", "ws-only.xml"].contains(Files.name($0)) }
    #expect(!fixtures.isEmpty)
    for path in fixtures {
      let head = ReadReport.head(of: path, Files.bytes(path))
      #expect(ReportFormats.all.filter { $0.recognises(head) }.map { $0.id } == [id], "\(path)")
    }
  }

  @Test(arguments: ids) func declaresItsNames(_ id: String) throws {
    let names = try format(id).names
    #expect(!names.endings.isEmpty || !names.files.isEmpty)
    #expect(names.endings.allSatisfy { $0 == $0.lowercased() && !$0.contains(".") })
    #expect(names.meant.allSatisfy { $0 == $0.lowercased() })
    // A fixture is named as its format's reports are.
    for path in Self.fixtures(id) {
      let ending = Files.name(path).split(separator: ".").last.map(String.init) ?? ""
      #expect(names.endings.contains(ending.lowercased()) || names.files.contains(Files.name(path)), "\(path)")
    }
  }

  @Test(arguments: ids) func claimsNothingElse(_ id: String) throws {
    let strangers = [
      "", " \n", "hello", "<html></html>", "{}", "[]", "{\"version\": 1}", "{\"a\"", "<coverage/>",
      "2026-11-20 INFO <testsuite> in a log", "<project><testsuite/></project>",
      "<testsuites xmlns=\"http://check.sourceforge.net/ns\"><suite/></testsuites>",
    ]
    for text in strangers {
      #expect(try !format(id).recognises(ReportHead(name: "file.log", bytes: Array(text.utf8))), "\(text)")
    }
  }

  @Test(arguments: ids, ["", "\n", " \n \t\n", "\u{FEFF}"]) func saysThatAReportIsEmpty(_ id: String, _ text: String)
    throws
  {
    let read = ReadReport.read(Array(text.utf8), as: try format(id))
    #expect(read.table.count == 0)
    #expect(read.result.damages.count == 1)
  }

  @Test(arguments: ids) func saysThatASourceFailed(_ id: String) throws {
    for path in Self.fixtures(id).prefix(3) {
      var builder = TestTableBuilder()
      builder.beginReport(ReportInfo(path: path, folder: "", format: id))
      let bytes = Files.bytes(path)
      let input = ReportInput(
        path: path,
        open: { () throws(ByteSourceError) -> any ByteSource in FailingSource(Array(bytes.prefix(bytes.count / 2))) })
      let result = try format(id).read(input, into: &builder)
      builder.endReport()
      #expect(result.damages.contains { $0.cause == "the disk is on fire" })
    }
  }

  @Test(arguments: ids) func stopsWhenAskedTo(_ id: String) throws {
    let fixture = try #require(
      Self.fixtures(id).filter { !$0.contains("damaged") }.max { Files.bytes($0).count < Files.bytes($1).count })
    var bytes = Files.bytes(fixture)
    // White space where every format may have some: enough to be told of it twice by who goes on.
    let place = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.firstIndex(of: UInt8(ascii: ","))
    bytes.insert(contentsOf: Array(repeating: UInt8(ascii: "\n"), count: 9 << 18), at: try #require(place) + 1)
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "report", folder: "", format: id))
    var calls = 0
    let input = ReportInput(
      path: "report", open: { [bytes] () throws(ByteSourceError) -> any ByteSource in MemorySource(bytes) },
      progress: { read, _ in
        calls += 1
        #expect(read > 0)
        return false
      })
    let result = try format(id).read(input, into: &builder)
    #expect(calls == 1)
    #expect(result.damages.contains { $0.cause == "reading was stopped" })
  }

  @Test(arguments: ids) func readsTheSameInBlocksOfAnySize(_ id: String) throws {
    let format = try format(id)
    for path in Self.fixtures(id) {
      let bytes = Files.bytes(path)
      let whole = ReadReport.read(bytes, as: format)
      for size in [1, 2, 3, 7, 64] where bytes.count < 3000 || size == 7 {
        let parts = ReadReport.read(bytes, as: format, blockSize: size)
        #expect(parts.account == whole.account, "\(path) in blocks of \(size)")
        #expect(parts.results == whole.results, "\(path) in blocks of \(size)")
      }
    }
  }

  /// Thousands of tests, each format's own way; MLflow has a file for each.
  @Test(arguments: ids.filter { $0 != "mlflow" }) func readsLargeReports(_ id: String) throws {
    let count = id == "junit" ? 20_000 : 4_000
    let text = try #require(LargeReport.of[id]).text(count)
    let read = ReadReport.read(Array(text.utf8), as: try format(id))
    #expect(read.table.count == count)
    #expect(read.result.caseCount == count)
    #expect(read.result.damages.isEmpty)
  }

  // MARK: - Robustness

  /// Whatever was read must hold together.
  private func check(_ bytes: [UInt8], _ id: String) throws {
    let read = ReadReport.read(bytes, as: try format(id))
    #expect(read.counts.total + read.table.itemCounts.total == read.table.count)
    #expect(read.table.attemptCount >= read.table.count)
  }

  @Test(arguments: ids) func readsEveryPrefixOfSmallFixtures(_ id: String) throws {
    for path in Self.fixtures(id) {
      let bytes = Files.bytes(path)
      if bytes.count > 4096 { continue }
      for length in Cuts.of(bytes.count) { try check(Array(bytes.prefix(length)), id) }
    }
  }

  @Test(arguments: ids) func readsCutsOfLargeFixtures(_ id: String) throws {
    for path in Self.fixtures(id) {
      let bytes = Files.bytes(path)
      if bytes.count <= 4096 { continue }
      for cut in 0..<64 { try check(Array(bytes.prefix(bytes.count * cut / 64)), id) }
    }
  }

  @Test(arguments: ids) func readsMutations(_ id: String) throws {
    var random = FixedRandom(state: 4136)
    let fixtures = Self.fixtures(id).map(Files.bytes).filter { !$0.isEmpty && $0.count < 40_000 }
    let interesting = Array("<>&\"'/]![-={}:,\\ \n\u{0}\u{1B}".utf8) + [0x80, 0xC3, 0xFF]
    for round in 0..<min(1500, 60 * fixtures.count) {
      var bytes = fixtures[round % fixtures.count]
      for _ in 0...random.below(4) {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[place] = interesting[random.below(interesting.count)]
        case 1: bytes.insert(interesting[random.below(interesting.count)], at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
        default: bytes[place] = UInt8(truncatingIfNeeded: random.below(256))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      try check(bytes, id)
    }
  }

  @Test(arguments: ids) func readsOtherEncodingsWithoutTrap(_ id: String) throws {
    for path in Self.fixtures(id).prefix(10) {
      let text = Files.text(path)
      try check(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }, id)
      try check(
        [0xFE, 0xFF] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }, id)
      try check(text.utf8.map { $0 ^ 0x80 }, id)
    }
  }
}

/// Where a report is cut for a test: everywhere in a small one, at places that fall on all parts of a line in others.
enum Cuts {
  static func of(_ count: Int) -> [Int] {
    count < 400 ? Array(0..<count) : Array(stride(from: 0, to: count, by: max(count / 200, 1) | 1))
  }
}

/// A source that gives some bytes and then fails.
private final class FailingSource: ByteSource {
  private let memory: MemorySource

  init(_ bytes: [UInt8]) {
    memory = MemorySource(bytes)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = try memory.read(into: buffer)
    if count == 0 { throw .system("the disk is on fire") }
    return count
  }
}

/// The same numbers in every run: a linear congruential generator.
struct FixedRandom {
  var state: UInt64

  /// A number from 0 up to, not including, a bound.
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
