/// What the mask's scanner asks of single bytes; only ASCII has a meaning, other bytes are parts of words.
enum ByteClass {
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }

  /// Letters, digits, the underscore and everything beyond ASCII.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x5F || byte >= 0x80 }

  /// What ends a path in running text.
  @inline(__always)
  static func endsPath(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x27, 0x60, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0x3B, 0x3A, 0x3C, 0x3E, 0x7C, 0x2A, 0x7F:
      true
    default: false
    }
  }

  /// The characters of a Kubernetes generated suffix: no vowels, none that look alike.
  static func isPodSuffix(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x32, 0x34...0x39: true
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79: false
    default: byte &- 0x61 < 26
    }
  }
}
