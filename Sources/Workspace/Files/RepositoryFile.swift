internal import Foundation
package import TriageModel

/// A place for a file inside the repository, links resolved: what a path that artifacts claim comes to.
package struct RepositoryFile: Hashable, Sendable {
  /// The most bytes that are read.
  package static let sizeLimit = 1 << 30

  /// The repository's folder.
  package let root: String
  /// The path from there, without links, `.` and `..`.
  package let path: String

  /// The place that is already known to be one.
  init(root: String, resolved path: String) {
    self.root = root
    self.path = path
  }

  /// The bytes of the file; nil when there is none.
  package func bytes() throws(FileError) -> [UInt8]? { try contents()?.bytes }

  /// The bytes of a file of at most `limit` bytes; nil when there is none.
  package func bytes(limit: Int) throws(FileError) -> [UInt8]? { try folder()?.read(name, limit: limit)?.bytes }

  /// The hash of the file's bytes; nil when there is none.
  package func hash() throws(FileError) -> ContentHash? { try contents()?.hash }

  /// What the file holds; nil when there is none.
  func contents() throws(FileError) -> FileContents? {
    try folder()?.read(name, limit: Self.sizeLimit)
  }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }

  /// The folder the file lies in; nil when it is not there. A link that came in between is refused.
  func folder() throws(FileError) -> Folder? {
    var folder = try Folder(path: root)
    for name in folders {
      guard let next = try folder.folder(name) else { return nil }
      folder = next
    }
    return folder
  }

  /// The folder the file lies in, made with those above it when it is not there.
  func makingFolder() throws(FileError) -> Folder {
    var folder = try Folder(path: root)
    for name in folders {
      if try folder.folder(name) == nil { try folder.makeFolder(name) }
      guard let next = try folder.folder(name) else { throw .changed }
      folder = next
    }
    return folder
  }

  /// The folders on the way that are not there, outermost first.
  var missingFolders: [String] {
    let paths = folders.indices.map { folders[...$0].joined(separator: "/") }
    return paths.filter { access(root + "/" + $0, F_OK) != 0 }
  }
}
