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
