/// What a file is packed in, told by its first bytes: names lie, and CI systems rename what they serve.
enum ContainerKind: Equatable {
  case zip
  case tar
  /// gzip, bzip2, xz or zstd: of a tar, or of one file.
  case compressed
  case none

  /// How many bytes of the beginning are looked at: a tar's mark is at 257.
  static let headLength = 512

  /// The kind of a file from its name and first bytes.
  init(name: String, head: UnsafeRawBufferPointer) {
    if Self.zipMarks.contains(where: { head.starts(with: $0) }) {
      self = .zip
    } else if Self.compressionMarks.contains(where: { head.starts(with: $0) }) {
      self = .compressed
    } else if head.count >= 262, head[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else {
      // Old tars have no mark; libarchive judges them by their checksum.
      self = name.lowercased().hasSuffix(".tar") && !head.isEmpty ? .tar : .none
    }
  }

  private static let zipMarks: [[UInt8]] = [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 7, 8]]
  private static let compressionMarks: [[UInt8]] = [
    [0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x28, 0xB5, 0x2F, 0xFD],
  ]
}
