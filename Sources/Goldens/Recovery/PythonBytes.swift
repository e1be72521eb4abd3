/// Python's way to write bytes, `b'\x89PNG\r\n'`.
enum PythonBytes {
  /// The bytes that a literal stands for; nil when it is none, or is cut.
  static func decoded(_ literal: Substring) -> [UInt8]? {
    let bytes = Array(literal.utf8)
    guard bytes.count >= 3, bytes[0] == 0x62, bytes[1] == 0x27 || bytes[1] == 0x22, bytes.last == bytes[1]
    else { return nil }
    var result: [UInt8] = []
    var place = 2
    let end = bytes.count - 1
    while place < end {
      guard bytes[place] == 0x5C else {
        if bytes[place] == bytes[1] { return nil }
        result.append(bytes[place])
        place += 1
        continue
      }
      guard let (byte, length) = escape(bytes[place..<end]) else { return nil }
      result.append(byte)
      place += length
    }
    return result
  }

  private static func escape(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
    let rest = bytes.dropFirst()
    guard let kind = rest.first else { return nil }
    switch kind {
    case 0x6E: return (0x0A, 2)
    case 0x72: return (0x0D, 2)
    case 0x74: return (0x09, 2)
    case 0x5C, 0x27, 0x22: return (kind, 2)
    case 0x78:
      let digits = rest.dropFirst().prefix(2)
      guard digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      return (byte, 4)
    default: return nil
    }
  }
}
