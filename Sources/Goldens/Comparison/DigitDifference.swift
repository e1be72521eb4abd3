/// The digits in which two written numbers differ.
enum DigitDifference {
  /// The parts of two numbers that differ, from the first digit that does to the exponent: where the sign, the exponent and
  /// the place of the point are the same, since digits stand for something else otherwise. Nil: all of them differ.
  static func parts(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> (expected: Range<Int>, actual: Range<Int>)? {
    let (first, second) = (mantissa(left), mantissa(right))
    guard whole(left, first) == whole(right, second), left[first...].elementsEqual(right[second...]),
      isSigned(left) == isSigned(right)
    else { return nil }
    var start = 0
    while start < first, start < second, left[start] == right[start] { start += 1 }
    guard start > (isSigned(left) ? 1 : 0), start < max(first, second) else { return nil }
    // A point that only one side writes stands before the digits that it adds.
    return (start..<first, start..<second)
  }

  /// Where the digits end: before an exponent.
  private static func mantissa(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.firstIndex { $0 | 0x20 == 0x65 || $0 | 0x20 == 0x64 } ?? bytes.count
  }

  /// The digits before the point.
  private static func whole(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    bytes[..<end].firstIndex(of: 0x2E) ?? end
  }

  private static func isSigned(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.first == 0x2D || bytes.first == 0x2B
  }
}
