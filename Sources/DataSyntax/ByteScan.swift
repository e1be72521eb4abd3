/// Finds a byte in many, sixteen at a time.
package enum ByteScan {
  /// The place of the first such byte at or behind a place; the number of bytes when there is none.
  package static func find(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return bytes.count }
    let wanted = SIMD16<UInt8>(repeating: byte)
    let bits = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    while index + 16 <= bytes.count {
      let block = base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      let hits = block .== wanted
      if any(hits) {
        let marked = SIMD16<UInt8>(repeating: 0).replacing(with: bits, where: hits)
        let low = marked.lowHalf.wrappedSum()
        return low != 0
          ? index + low.trailingZeroBitCount : index + 8 + marked.highHalf.wrappedSum().trailingZeroBitCount
      }
      index += 16
    }
    while index < bytes.count, bytes[index] != byte { index += 1 }
    return min(index, bytes.count)
  }
}
