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

/// Why a file of the repository is not read or written. The text fits "could not write X: {error}".
package enum FileError: Error, Equatable, CustomStringConvertible {
  /// The path is absolute, empty or leads out of the repository.
  case outside
  /// A link on the way leads out of the repository, nowhere, or in a circle; the link.
  case link(String)
  /// It is a part of git's own folder.
  case git
  /// It is one of assay's own files, which no artifact may name.
  case own
  /// The name holds a NUL, or is longer than names are.
  case name
  /// A folder is there.
  case folder
  /// A device, a pipe or a socket is there.
  case notAFile
  /// A part of the path differs from an existing name only by case or by how its letters are composed; that name.
  case collision(String)
  /// It holds more bytes than are read; the limit.
  case tooLarge(Int)
  /// It is not the file that was expected: somebody else wrote it.
  case changed
  /// The bytes it had are no longer kept.
  case forgotten
  /// The system refused; its words.
  case system(String)

  package var description: String {
    switch self {
    case .outside: "it leads out of the repository"
    case .link(let link): "the link \(link) leads out of the repository or nowhere"
    case .git: "it lies in git's own folder"
    case .own: "it is one of assay's own files"
    case .name: "it is no name of a file"
    case .folder: "a folder is there"
    case .notAFile: "it is no regular file"
    case .collision(let name): "\(name) is there, which some systems take for the same name"
    case .tooLarge(let limit): "it is larger than \(limit) bytes (limit)"
    case .changed: "it was changed by somebody else"
    case .forgotten: "its bytes are no longer kept"
    case .system(let words): words
    }
  }
}

/// Keeps other assays from writing in a folder, as long as this value lives.
///
/// The lock is on the folder itself: it leaves no file behind, and ends with the process, however that ends.
final class FolderLock {
  private let descriptor: Int32

  /// Waits up to ten seconds for the lock of a folder.
  init(_ path: String) throws(FileError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      // Network file systems may know no locks of folders; compare-and-swap is all there is then.
      if code == EBADF || code == ENOTSUP || code == ENOLCK { return }
      guard code == EWOULDBLOCK || code == EINTR, tries < 1000 else {
        close(descriptor)
        throw code == EWOULDBLOCK ? .system("another assay is writing there") : .system(SystemWords.of(code))
      }
      tries += 1
      poll(nil, 0, 10)
    }
  }

  deinit { close(descriptor) }
}
