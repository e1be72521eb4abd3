internal import Foundation
internal import SystemKit

/// An open folder: names in it are used without following links, wherever the folder is moved meanwhile.
final class Folder {
  let descriptor: Int32

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens a folder by its path, links followed.
  convenience init(path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    self.init(descriptor: descriptor)
  }

  /// Opens a folder by its path and makes it, and those above it, when it is not there; for the owner alone.
  convenience init(making path: String) throws(FileError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex, access(path, F_OK) != 0 {
      let above = try Folder(making: String(path[..<slash]))
      let name = String(path[path.index(after: slash)...])
      if try above.folder(name) == nil { try above.makeFolder(name, mode: 0o700) }
    }
    try self.init(path: path)
  }

  /// The folder of a name; nil when nothing has the name. A link is no folder.
  func folder(_ name: String) throws(FileError) -> Folder? {
    let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if opened >= 0 { return Folder(descriptor: opened) }
    if errno == ENOENT { return nil }
    throw errno == ELOOP ? .link(name) : .last
  }

  /// Makes a folder; one that is there by now is as good.
  func makeFolder(_ name: String, mode: mode_t = 0o777) throws(FileError) {
    guard mkdirat(descriptor, name, mode) == 0 || errno == EEXIST else { throw .last }
    try sync()
  }

  /// What a name is, links not followed; nil when nothing has the name.
  func status(_ name: String) throws(FileError) -> stat? {
    var status = stat()
    if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    if errno == ENOENT { return nil }
    throw .last
  }

  /// The text of a link.
  func link(_ name: String) throws(FileError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlinkat(descriptor, name, &buffer, buffer.count)
    guard count >= 0 else { throw .last }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The names in the folder, without `.` and `..`, in no order.
  func names() throws(FileError) -> [String] {
    // A stream of its own: a copied descriptor would share its place with the next stream.
    let opened = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0, let stream = fdopendir(opened) else { throw .last }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Waits until the names in the folder are on the disk.
  func sync() throws(FileError) {
    // Some file systems know no fsync of a folder, and lose no names either.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw .last }
  }
}

extension FileError {
  /// The last error of the system.
  static var last: FileError { .system(SystemWords.last) }
}
