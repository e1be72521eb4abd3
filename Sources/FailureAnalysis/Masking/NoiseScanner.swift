/// Finds the noise in a text, one piece after the other.
struct NoiseScanner {
  /// A piece of the text, and what stands in its place.
  struct Noise {
    var range: Range<Int>
    var kind: Placeholder
  }

  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// The last word that was no noise, while only separators follow it: `status: 503`, `shape=(2, 3)`.
  var context = 0..<0

  /// The piece that was found last.
  var lastNoise = Noise(range: 0..<0, kind: .number)

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The next piece of noise.
  mutating func next() -> Noise? {
    while position < bytes.count {
      let byte = bytes[position]
      if ByteClass.isWord(byte) {
        if let noise = word() { return noise }
      } else if let noise = sign(byte) {
        return noise
      }
    }
    return nil
  }

  /// A byte that is no part of a word.
  private mutating func sign(_ byte: UInt8) -> Noise? {
    switch byte {
    case 0x3C: if let length = Placeholder.length(in: bytes, at: position) { position += length } else { position += 1 }
    case 0x2F, 0x7E: if let path = path() { return path } else { position += 1 }
    case 0x28, 0x5B: if let end = shapeEnd() { return noise(to: end, .shape) } else { position += 1 }
    case 0x20, 0x3A, 0x3D, 0x22, 0x27, 0x09, 0x23, 0x5D, 0x60:
      position += 1
      return nil
    case 0x2D where ByteClass.isDigit(self.byte(position + 1)) && !ByteClass.isWord(self.byte(position - 1)):
      // The sign of a number.
      position += 1
      return nil
    default: position += 1
    }
    if byte != 0x28, byte != 0x5B, byte != 0x3C { context = 0..<0 }
    return nil
  }

  /// A word and what belongs to it: noise, or passed over.
  private mutating func word() -> Noise? {
    let start = position
    if ByteClass.isDigit(bytes[start]) {
      if let (end, kind) = numeric() { return noise(to: end, kind) }
      // A code, which stays.
      if position > start { return nil }
    } else if let (end, kind) = lettered() {
      return noise(to: end, kind)
    }
    if position > start { return nil }
    let end = wordEnd(start)
    if context.isEmpty || start - context.upperBound > 24 || !FailureCodes.connecting.contains(bytes, start..<end)
      || FailureCodes.announcing.contains(bytes, start..<end)
    {
      context = start..<end
    }
    position = passedVersion(after: end)
    if let (number, kind) = countedPart(start..<end) {
      position = number
      return noise(to: end, kind)
    }
    return nil
  }

  mutating func noise(to end: Int, _ kind: Placeholder) -> Noise {
    let range = position..<end
    lastNoise = Noise(range: range, kind: kind)
    position = end
    context = 0..<0
    return Noise(range: range, kind: kind)
  }

  @inline(__always)
  func wordEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, ByteClass.isWord(bytes[end]) { end += 1 }
    return end
  }

  @inline(__always)
  func byte(_ position: Int) -> UInt8 { position >= 0 && position < bytes.count ? bytes[position] : 0 }

  /// `HTTP/1.1` is a name: the status follows it.
  private func passedVersion(after end: Int) -> Int {
    guard byte(end) == 0x2F, ByteClass.isDigit(byte(end + 1)), StaticString("http").equalsIgnoringCase(bytes, context)
    else { return end }
    return byte(end + 2) == 0x2E && ByteClass.isDigit(byte(end + 3)) ? end + 4 : end + 2
  }

  /// Past a terminal sequence: CSI to its final byte, strings to BEL or `ESC \`, else the ESC alone.
  static func controlEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var end = start + 1
    guard end < bytes.count else { return end }
    switch bytes[end] {
    case 0x5B:
      end += 1
      while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x40 { end += 1 }
      return min(end + 1, bytes.count)
    case 0x5D, 0x50, 0x5E, 0x5F:
      let limit = min(bytes.count, start + 4096)
      while end < limit, bytes[end] != 0x07, bytes[end] != 0x1B { end += 1 }
      if end >= limit { return start + 1 }
      return bytes[end] == 0x07 ? end + 1 : min(end + 2, bytes.count)
    default: return start + 1
    }
  }
}

/// Absolute paths: where the files of a run lay is noise, which file it was is not.
extension NoiseScanner {
  /// The folders of an absolute path without the last two parts, or without the last in a temporary folder.
  mutating func path() -> Noise? {
    let start = position
    let before = byte(start - 1)
    guard !ByteClass.isWord(before), before != 0x2F, before != 0x2E, before != 0x3E, before != 0x5C, before != 0x2D
    else { return nil }
    let first = byte(start) == 0x7E ? start + 1 : start
    guard byte(first) == 0x2F, ByteClass.isWord(byte(first + 1)) || byte(first + 1) == 0x2E else { return nil }
    guard let end = folderEnd(from: first, separator: 0x2F), end > start else { return nil }
    return noise(to: end, .path)
  }

  /// Past the folders of `C:\…` or `C:/…`.
  func drivePathEnd() -> Int? {
    if position > 0, ByteClass.isWord(bytes[position - 1]) { return nil }
    let separator = byte(position + 2)
    return folderEnd(from: position + 2, separator: separator).flatMap { $0 > position + 2 ? $0 : nil }
  }

  /// Where the part of a path begins that stays; nil when all of it does.
  private func folderEnd(from first: Int, separator: UInt8) -> Int? {
    var end = first
    var last = first
    var beforeLast = first
    var parts = 0
    var isTemporary = false
    while end < bytes.count, !ByteClass.endsPath(bytes[end]) {
      if bytes[end] == separator, end + 1 < bytes.count, !ByteClass.endsPath(bytes[end + 1]) {
        if end > last { isTemporary = isTemporary || isTemporaryFolder(last + 1..<end) }
        parts += 1
        beforeLast = last
        last = end
      }
      end += 1
    }
    if isTemporary { return parts >= 2 ? last : nil }
    return parts >= 3 ? beforeLast : nil
  }

  /// A folder whose content has made-up names.
  private func isTemporaryFolder(_ range: Range<Int>) -> Bool {
    for name in Self.temporaryNames where name.equalsIgnoringCase(bytes, range) { return true }
    return StaticString("pytest-").matches(bytes, at: range.lowerBound)
  }

  private static let temporaryNames: [StaticString] = ["tmp", "temp", "basetemp", "folders", "test-tmp", "scratch"]
}
