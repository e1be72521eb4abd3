internal import TriageModel

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
