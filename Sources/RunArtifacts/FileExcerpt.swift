package import TriageModel

/// The beginning or the end of a file, packed or not: what a person looks at, and what tells of how a job ended.
package struct FileExcerpt: Sendable {
  /// The bytes, unpacked.
  package private(set) var bytes: [UInt8]
  /// Unpacked bytes that come before them.
  package private(set) var skipped: Int
  /// Unpacked bytes that come after them; nil where only reading on would tell.
  package private(set) var rest: Int?
  /// Why the file could not be read to the end that was asked for; nil when it was.
  package private(set) var damage: ByteSourceError?

  private static let blockSize = 1 << 16

  /// The first bytes of a file, at most `count`.
  package static func head(
    of location: String, count: Int, limits: ArtifactLimits = ArtifactLimits()
  ) throws(ByteSourceError) -> FileExcerpt {
    let source = try FileSource(location, limits: limits)
    var excerpt = FileExcerpt(bytes: [], skipped: 0, rest: nil)
    excerpt.fill(from: source, count: count)
    if let size = source.plainSize { excerpt.rest = max(0, size - excerpt.bytes.count) }
    return excerpt
  }

  /// The last bytes of a file, at most `count`; a packed one is unpacked from its beginning, within the limits.
  package static func tail(
    of location: String, count: Int, limits: ArtifactLimits = ArtifactLimits()
  ) throws(ByteSourceError) -> FileExcerpt {
    let source = try FileSource(location, limits: limits)
    if let bytes = source.plainEnd(count) {
      return FileExcerpt(bytes: bytes, skipped: max(0, (source.plainSize ?? 0) - bytes.count), rest: 0)
    }
    var excerpt = FileExcerpt(bytes: [], skipped: 0, rest: 0)
    excerpt.keepEnd(of: source, count: count)
    return excerpt
  }

  /// Why no more lines of a file came.
  package enum LinesEnd: Sendable {
    /// There are none.
    case whole
    /// As many bytes as were asked for have come.
    case limit
    /// Whoever got them wants no more.
    case enough
    /// The file could not be read on.
    case damaged
  }

  /// Calls `body` with the first bytes of a file until it says no: pieces of whole lines, of which only the last may end
  /// inside of one.
  ///
  /// - Parameter limit: How many bytes are read at most, unpacked ones.
  /// - Returns: How many were read, and why no more.
  package static func lines(
    of location: String, limit: Int, limits: ArtifactLimits = ArtifactLimits(), _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(ByteSourceError) -> (bytes: Int, end: LinesEnd) {
    let source = try FileSource(location, limits: limits)
    var block = [UInt8](repeating: 0, count: blockSize)
    var unfinished: [UInt8] = []
    var total = 0
    var end = LinesEnd.damaged
    while let got = try? read(source, &block) {
      let piece = block[..<min(got, limit - total)]
      total += piece.count
      let feed = piece.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      unfinished += piece[..<feed]
      if feed > 0, !body(unfinished[...]) { return (total, .enough) }
      if feed > 0 { unfinished.removeAll(keepingCapacity: true) }
      unfinished += piece[feed...]
      if got == 0 { end = .whole }
      if got > piece.count { end = .limit }
      if end != .damaged { break }
    }
    if !unfinished.isEmpty { _ = body(unfinished[...]) }
    return (total, end)
  }

  private mutating func fill(from source: FileSource, count: Int) {
    do throws(ByteSourceError) {
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      while bytes.count < count {
        let got = try Self.read(source, &block)
        if got == 0 {
          rest = 0
          return
        }
        bytes += block[..<min(got, count - bytes.count)]
      }
    } catch {
      damage = error
    }
  }

  private mutating func keepEnd(of source: FileSource, count: Int) {
    do throws(ByteSourceError) {
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      while true {
        let got = try Self.read(source, &block)
        if got == 0 { break }
        bytes += block[..<got]
        // Dropped now and then, not with every block.
        if bytes.count > 2 * count + Self.blockSize { drop(to: count) }
      }
    } catch {
      damage = error
    }
    drop(to: count)
  }

  private mutating func drop(to count: Int) {
    let surplus = max(0, bytes.count - count)
    bytes.removeFirst(surplus)
    skipped += surplus
  }

  private static func read(_ source: FileSource, _ block: inout [UInt8]) throws(ByteSourceError) -> Int {
    var failure: ByteSourceError?
    let count = block.withUnsafeMutableBytes { buffer in
      do throws(ByteSourceError) {
        return try source.read(into: buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }
}

/// Looks for the marks of a console log in the beginning of a text: CI time stamps, groups, colour codes.
struct LogHead {
  /// Whether the text is a log.
  let isLog: Bool

  /// Judges the first bytes of a file.
  init(_ head: [UInt8]) {
    guard RunFileKind.isText(head) else {
      isLog = false
      return
    }
    let lines = head.prefix(4096).split(separator: 0x0A).prefix(12)
    isLog = lines.contains { Self.isLogLine($0) }
  }

  private static let marks: [[UInt8]] = ["##[", "::group::", "section_start:", "+ set -", "Started by ", "[Pipeline]"]
    .map { Array($0.utf8) }

  private static func isLogLine(_ line: ArraySlice<UInt8>) -> Bool {
    // A UTF-8 mark precedes the first line of GitHub's logs.
    let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    if line.starts(with: [0x1B, UInt8(ascii: "[")]) { return true }
    if marks.contains(where: { line.starts(with: $0) }) { return true }
    return startsWithTime(line)
  }

  /// `2024-01-01T00:00:00.0000000Z `, with or without brackets, `T` or a space.
  private static func startsWithTime(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.first == UInt8(ascii: "[") ? line.dropFirst() : line
    let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
    guard line.count >= shape.count else { return false }
    return zip(shape, line).allSatisfy { wanted, byte in
      switch wanted {
      case UInt8(ascii: "d"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      case UInt8(ascii: "T"): byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ")
      default: byte == wanted
      }
    }
  }
}
