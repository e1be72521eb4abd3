package import TriageModel

/// Bytes that are already in memory, as a source.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  /// A source of the given bytes.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
    position += count
    return count
  }
}
