import RunArtifacts
import TestSupport
import Testing
import TriageModel

@Suite struct FileExcerptTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [0, 1, 5, 65_535, 65_536, 65_537, 400_000])
  func packedFilesGiveWhatPlainOnesGive(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 / 7) }
    try folder.write("a.log", bytes)
    try #require(Shell.run(["gzip", "-qk", "a.log"], directory: folder.path).status == 0)
    for count in [1, 1000, 70_000] {
      for path in ["a.log", "a.log.gz"] {
        let tail = try FileExcerpt.tail(of: folder.at(path), count: count)
        #expect(tail.bytes == Array(bytes.suffix(count)), "\(path) \(count)")
        #expect(tail.skipped == max(0, size - count) && tail.rest == 0 && tail.damage == nil)
        #expect(try FileExcerpt.head(of: folder.at(path), count: count).bytes == Array(bytes.prefix(count)))
      }
    }
  }

  @Test func aLimitOfUnpackingIsNamedAndWhatCameBeforeItKept() throws {
    try folder.write("a.log", [UInt8](repeating: 0x41, count: 300_000))
    try #require(Shell.run(["gzip", "-q", "a.log"], directory: folder.path).status == 0)
    var limits = ArtifactLimits()
    limits.reportBytes = 100_000
    let tail = try FileExcerpt.tail(of: folder.at("a.log.gz"), count: 1000, limits: limits)
    #expect(tail.damage?.description.contains("(limit)") == true)
    #expect(tail.bytes.count == 1000)
  }

  @Test(arguments: [1, 70_000, 258_898, 300_000]) func givesWholeLines(_ count: Int) throws {
    // A line of a character, one longer than what is read at a time, and an end inside of a line.
    let text =
      "a\n\n" + String(repeating: "b", count: 150_000) + "\r\n" + (0..<20_000).map { "\($0)\n" }.joined() + "end"
    try folder.write("a.log", text)
    try #require(Shell.run(["gzip", "-qk", "a.log"], directory: folder.path).status == 0)
    for path in ["a.log", "a.log.gz"] {
      var pieces: [[UInt8]] = []
      let read = try FileExcerpt.lines(of: folder.at(path), limit: count) { piece in
        pieces.append(Array(piece))
        return true
      }
      #expect(read.bytes == min(count, text.utf8.count))
      #expect(read.end == (count < text.utf8.count ? .limit : .whole))
      #expect(Array(pieces.joined()) == Array(text.utf8.prefix(count)))
      #expect(pieces.dropLast().allSatisfy { $0.last == 0x0A })
    }
    var calls = 0
    let first = try FileExcerpt.lines(of: folder.at("a.log"), limit: count) { _ in
      calls += 1
      return false
    }
    #expect(calls == 1)
    #expect(first.end == (count == 1 ? .limit : .enough))
  }
}
