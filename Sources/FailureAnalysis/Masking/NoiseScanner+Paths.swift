/// Absolute paths: where the files of a run lay is noise, which file it was is not.
extension NoiseScanner {
  /// The folders of an absolute path without the last two parts, or without the last in a temporary folder.
  mutating func path() -> Noise? {
    let start = place
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
    if place > 0, ByteClass.isWord(bytes[place - 1]) { return nil }
    let separator = byte(place + 2)
    return folderEnd(from: place + 2, separator: separator).flatMap { $0 > place + 2 ? $0 : nil }
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
