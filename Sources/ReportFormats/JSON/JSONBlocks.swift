internal import TriageModel

/// The blocks of a source, for a tokenizer.
final class JSONBlocks {
  private let source: any ByteSource
  private(set) var byteCount = 0
  private(set) var error: ByteSourceError?
  /// Whether there was nothing but white space so far.
  private(set) var isBlank = true
  /// The bytes progress was last told of.
  var told = 0

  init(_ source: any ByteSource) {
    self.source = source
  }

  /// Appends the next block; false at the end and after an error.
  func append(to buffer: inout [UInt8]) -> Bool {
    let size = 1 << 18
    do throws(ByteSourceError) {
      var count = 0
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
      defer { block.deallocate() }
      count = try source.read(into: block)
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      if isBlank { isBlank = XMLBytes.isBlank(bytes) }
      buffer.append(contentsOf: bytes)
      byteCount += count
      return count > 0
    } catch {
      self.error = error
      return false
    }
  }
}
