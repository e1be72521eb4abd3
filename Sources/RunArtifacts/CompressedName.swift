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
