/// How much is walked, unpacked and read at most; what a limit cuts off is named, and what came before it is kept.
package struct ArtifactLimits: Sendable, Equatable {
  /// Files in a folder.
  package var files = 1_000_000
  /// Folders inside folders, in folders and in archives.
  package var depth = 64
  /// Entries of an archive.
  package var entries = 1_000_000
  /// Unpacked bytes of one entry.
  package var entryBytes = 2 << 30
  /// Unpacked bytes of a whole archive.
  package var totalBytes = 8 << 30
  /// Unpacked bytes for one packed byte, once more than `ratioFloor` bytes are unpacked.
  package var ratio = 200
  /// Unpacked bytes below which the ratio is not looked at: small tables of zeros are no attack.
  package var ratioFloor = 64 << 20
  /// Bytes of one report.
  package var reportBytes = 1 << 30
  /// Bytes of an entry's whole name.
  package var nameBytes = 4096
  /// Refusals that are named one by one, for a folder or an archive.
  package var refusals = 1000

  /// The limits of DESIGN §9.
  package init() {}
}

extension ArtifactLimits {
  /// A number of bytes in words: `2 GiB`, `64 MiB`, `900 bytes`.
  static func words(bytes: Int) -> String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes >= 1 << shift {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) bytes"
  }
}
