/// Comparing stretches of bytes.
enum ByteRuns {
  /// Whether all bytes of two sides are the same.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { areEqual(left, $0) } }
  }

  /// Whether two stretches are the same bytes.
  @inline(__always)
  static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    left.count == right.count
      && areEqual(UnsafeRawBufferPointer(left), 0, UnsafeRawBufferPointer(right), 0, left.count)
  }

  /// Whether as many bytes at two places are the same; both places lie within their bytes.
  @inline(__always)
  static func areEqual(
    _ left: UnsafeRawBufferPointer, _ first: Int, _ right: UnsafeRawBufferPointer, _ second: Int, _ count: Int
  ) -> Bool {
    var index = 0
    while index + 8 <= count {
      if left.loadUnaligned(fromByteOffset: first + index, as: UInt64.self)
        != right.loadUnaligned(fromByteOffset: second + index, as: UInt64.self)
      {
        return false
      }
      index += 8
    }
    while index < count {
      if left[first + index] != right[second + index] { return false }
      index += 1
    }
    return true
  }

  /// The first place where two sides differ; the shorter one's length when it begins the longer.
  static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        let count = min(left.count, right.count)
        var index = 0
        while index + 64 <= count, areEqual(left, index, right, index, 64) { index += 64 }
        while index < count, left[index] == right[index] { index += 1 }
        return index
      }
    }
  }
}
