internal import Foundation
internal import SystemKit
package import TriageModel

/// The bytes of a regular file, up to a limit; a compressed file gives what it holds.
package final class FileSource: ByteSource {
  private enum Input {
    case plain(RegularFile)
    case compressed(ArchiveStream)
    /// A compressed file of no bytes.
    case empty
  }

  private let input: Input
  private let limits: ArtifactLimits
  private let packedBytes: Int
  private var given = 0

  /// Opens the file at an absolute path.
  package init(_ location: String, limits: ArtifactLimits = ArtifactLimits()) throws(ByteSourceError) {
    let file: RegularFile
    do { file = try RegularFile(location) } catch { throw .system(ArtifactError(error).description) }
    self.limits = limits
    packedBytes = file.size
    let head = file.prefix(ContainerKind.headLength)
    guard head.withUnsafeBytes({ ContainerKind(name: location, head: $0) }) == .compressed else {
      input = .plain(file)
      return
    }
    // The stream closes its descriptor, the file its own.
    guard let stream = ArchiveStream(descriptor: file.duplicate(), content: .oneFile) else {
      throw .system("out of memory")
    }
    switch stream.next() {
    case .entry: input = .compressed(stream)
    case .end: input = .empty
    case .broken(let words): throw .damaged(words)
    }
  }

  /// Fills the buffer from its start; fails at a limit, at damage, or when the system refuses, and gives 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count: Int
    switch input {
    case .plain(let file):
      guard let got = file.read(into: buffer) else { throw .system(SystemWords.last) }
      count = got
    case .empty: count = 0
    case .compressed(let stream):
      switch stream.read(into: buffer) {
      case .some(let got): count = got
      case .end: count = 0
      case .lost(let words), .broken(let words): throw .damaged(words)
      }
    }
    given += count
    try checkLimits()
    return count
  }

  /// Bytes of a file that is not packed; nil for a packed one.
  var plainSize: Int? {
    switch input {
    case .plain(let file): file.size
    case .compressed, .empty: nil
    }
  }

  /// The last bytes of a file that is not packed, wherever reading is; nil for a packed one.
  func plainEnd(_ count: Int) -> [UInt8]? {
    switch input {
    case .plain(let file): file.suffix(count)
    case .compressed, .empty: nil
    }
  }

  private func checkLimits() throws(ByteSourceError) {
    if given > limits.reportBytes {
      throw .limit("it is larger than \(ArtifactLimits.words(bytes: limits.reportBytes)) (limit)")
    }
    if given > limits.ratioFloor, given / limits.ratio > packedBytes {
      throw .limit("it unpacks to more than \(limits.ratio) times its size (limit)")
    }
  }
}
