internal import TriageModel

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

/// The endings that name how one file is packed; its other endings tell what it holds.
package enum CompressedName {
  private static let endings: Set<String> = ["gz", "xz", "bz2", "zst"]

  /// A file's name without the ending of its packing: `console.log` for `console.log.gz`.
  package static func unpacked(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) else {
      return name
    }
    return String(name[..<dot])
  }
}

/// The place an archive's entry asks for, checked: inside the folder it is unpacked into, or refused.
enum EntryName: Equatable {
  /// The parts of a path inside the folder, at least one.
  case inside([String])
  /// The folder itself: nothing to make.
  case top
  /// Why the entry is not unpacked.
  case refused(String)

  /// Checks a name as written; backslashes count as separators, since zips made on Windows use them.
  init(_ name: String, limits: ArtifactLimits) {
    let bytes = Array(name.utf8)
    if bytes.isEmpty {
      self = .refused("its name is empty or cannot be read")
    } else if bytes.count > limits.nameBytes {
      self = .refused("its name is longer than \(CountText.of(limits.nameBytes)) bytes (limit)")
    } else if Self.isSeparator(bytes[0]) {
      self = .refused("its path is absolute")
    } else if bytes.count > 1, bytes[1] == UInt8(ascii: ":"), Self.isLetter(bytes[0]) {
      self = .refused("its path names a drive")
    } else {
      self = Self.check(bytes.split(whereSeparator: Self.isSeparator), limits)
    }
  }

  private static func check(_ parts: [ArraySlice<UInt8>], _ limits: ArtifactLimits) -> EntryName {
    let parts = parts.filter { !$0.elementsEqual(".".utf8) }
    if parts.isEmpty { return .top }
    if parts.contains(where: { $0.elementsEqual("..".utf8) }) { return .refused("its path leads out of the folder") }
    if parts.count > limits.depth { return .refused("more than \(limits.depth) folders deep (limit)") }
    if parts.contains(where: { $0.count > 255 }) { return .refused("a part of its path is longer than 255 bytes") }
    return .inside(parts.map { String(decoding: $0, as: UTF8.self) })
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
