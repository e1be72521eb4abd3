/// What a masked text says once everything that is noise is gone: its words, codes and operators in their order.
///
/// A piece of noise counts for nothing but that it is there, several in a row are one: two tellings of a failure differ in
/// the kind, the number and the punctuation of them (`[1, 2]` and `[1, 2, 3]`, `<h1>` and `<n>`). Two texts with one
/// skeleton are one failure; one word more or another makes another one.
struct Skeleton {
  /// The bytes of a text that say which failure it is; what follows may differ a little between failures of one cause.
  static let headLength = 2_048

  /// The hash of all of it: the key of the failure.
  let key: UInt64
  /// The hash of its head: failures that differ in it never have one cause.
  let head: UInt64

  /// The skeleton of a masked text.
  init(_ text: [UInt8]) {
    var hash = StableHash()
    var head: UInt64?
    text.withUnsafeBytes { bytes in
      var scan = SkeletonScan(bytes: bytes)
      while let token = scan.next() {
        if head == nil, token.lowerBound >= Self.headLength { head = hash.value }
        hash.add(UnsafeRawBufferPointer(rebasing: bytes[token]))
      }
    }
    key = hash.value
    self.head = head ?? hash.value
  }
}

/// The tokens of a masked text as ranges of its bytes; noise is an empty range.
struct SkeletonScan {
  let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var isAfterNoise = false

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> Range<Int>? {
    while position < bytes.count {
      let start = position
      let byte = bytes[start]
      if ByteClass.isWord(byte) { return word() }
      if byte == 0x3C, let length = Placeholder.length(in: bytes, at: start) {
        position += length
        // Whether a path is told from the root or from the project is noise, too.
        if isAfterNoise || StaticString("<p").matches(bytes, at: start) { continue }
        isAfterNoise = true
        return start..<start
      }
      if let end = operatorEnd(start) ?? quotedSignEnd(start) {
        position = end
        isAfterNoise = false
        return start..<end
      }
      position += 1
    }
    return nil
  }

  private mutating func word() -> Range<Int> {
    let start = position
    while position < bytes.count, ByteClass.isWord(bytes[position]) { position += 1 }
    var end = position
    // `1 row` and `2 rows`.
    if isAfterNoise, end - start > 3, bytes[end - 1] == 0x73, bytes[start - 1] == 0x20 { end -= 1 }
    isAfterNoise = false
    return start..<end
  }

  /// Past a comparison: `==`, `!=`, `<=`, and `<` between spaces; rulers of `====` are none.
  private func operatorEnd(_ start: Int) -> Int? {
    guard Self.compares(bytes[start]) else { return arithmeticEnd(start) }
    var end = start
    while end < bytes.count, end - start < 4, Self.compares(bytes[end]) {
      if bytes[end] == 0x3C, Placeholder.length(in: bytes, at: end) != nil { break }
      end += 1
    }
    let length = end - start
    guard length < 4 else { return nil }
    if length == 1 {
      let isAngle = bytes[start] == 0x3C || bytes[start] == 0x3E
      return isAngle && at(start - 1) == 0x20 && at(end) == 0x20 ? end : nil
    }
    return bytes[start..<end].contains(0x3D) || bytes[start..<end].contains(0x21) ? end : nil
  }

  /// Past an arithmetic operator that is spoken of: `for +: 'int'`, `"-"`.
  private func arithmeticEnd(_ start: Int) -> Int? {
    guard Self.calculates(bytes[start]), [0x20, 0x22, 0x27, 0x60].contains(at(start - 1)) else { return nil }
    var end = start
    while Self.calculates(at(end)), end - start < 3 { end += 1 }
    return [0x3A, 0x22, 0x27, 0x60].contains(at(end)) ? end : nil
  }

  /// Past a sign in quotes: `expecting ','`.
  private func quotedSignEnd(_ start: Int) -> Int? {
    let quote = bytes[start]
    guard quote == 0x22 || quote == 0x27 || quote == 0x60, at(start + 2) == quote else { return nil }
    let sign = at(start + 1)
    return sign > 0x20 && sign < 0x7F && !ByteClass.isWord(sign) && sign != 0x3C ? start + 3 : nil
  }

  private func at(_ position: Int) -> UInt8 { position >= 0 && position < bytes.count ? bytes[position] : 0 }

  private static func compares(_ byte: UInt8) -> Bool { byte == 0x3D || byte == 0x21 || byte == 0x3C || byte == 0x3E }

  private static func calculates(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x25, 0x26, 0x2A, 0x2B, 0x2D, 0x2F, 0x40, 0x5E, 0x7C: true
    default: false
    }
  }
}

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
