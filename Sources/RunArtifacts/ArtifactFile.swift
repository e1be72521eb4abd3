package import TriageModel

/// A file that was found in a folder or unpacked from an archive.
package struct ArtifactFile: Sendable, Equatable {
  /// The path inside the folder or archive, with `/`.
  package let path: String
  /// Where its bytes lie, an absolute path.
  package let location: String
  /// Bytes, compressed ones where the file is compressed.
  package let size: Int
  /// When it was last written.
  package let modified: Timestamp?

  /// A file of artifacts.
  package init(path: String, location: String, size: Int, modified: Timestamp?) {
    self.path = path
    self.location = location
    self.size = size
    self.modified = modified
  }

  /// The name without its folder.
  package var name: String { path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }

  /// The folder it lies in, empty at the top.
  package var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }
}
