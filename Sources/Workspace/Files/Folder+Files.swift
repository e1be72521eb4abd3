internal import Foundation
internal import SystemKit
internal import TriageModel

/// What a file held when it was read, and what tells whether it is still that file.
struct FileContents: Sendable, Equatable {
  /// What changes when a file is written or replaced.
  struct Identity: Sendable, Equatable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      inode = UInt64(truncatingIfNeeded: status.st_ino)
      size = Int64(status.st_size)
      #if canImport(Darwin)
        (seconds, nanoseconds) = (status.st_ctimespec.tv_sec, status.st_ctimespec.tv_nsec)
      #else
        (seconds, nanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
      #endif
    }
  }

  private(set) var bytes: [UInt8]
  let identity: Identity
  let mode: mode_t
  let owner: uid_t
  let group: gid_t

  var hash: ContentHash { ContentHash(of: bytes) }

  /// The same, for those who remember many files.
  var withoutBytes: FileContents {
    var copy = self
    copy.bytes = []
    return copy
  }
}

extension Folder {
  /// Reads a regular file; nil when nothing has the name.
  func read(_ name: String, limit: Int) throws(FileError) -> FileContents? {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      switch errno {
      case ENOENT: return nil
      case ELOOP: throw .link(name)
      case ENXIO: throw .notAFile
      default: throw .last
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .last }
    if status.st_mode & S_IFMT == S_IFDIR { throw .folder }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard status.st_size <= limit else { throw .tooLarge(limit) }
    return FileContents(
      bytes: try Self.readAll(file, size: Int(status.st_size), limit: limit), identity: .init(status),
      mode: status.st_mode & 0o7777, owner: status.st_uid, group: status.st_gid)
  }

  private static func readAll(_ file: Int32, size: Int, limit: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while count < buffer.count {
        let got = Foundation.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = .last }
        if got <= 0 { break }
        count += got
      }
    }
    if let failure { throw failure }
    // It grew while it was read: what was read is neither the old file nor the new one.
    if bytes.count != size { throw .changed }
    return bytes
  }

  /// Makes a file that was not there, with its bytes on the disk; what is left of one that could not be made is removed.
  func create(
    _ name: String, _ bytes: [UInt8], like model: FileContents? = nil, mode: mode_t? = nil
  ) throws(FileError) {
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode ?? 0o666)
    guard file >= 0 else { throw .last }
    do throws(FileError) {
      defer { close(file) }
      if let model {
        // Only root can give a file away; anybody else makes own files.
        _ = fchown(file, model.owner, model.group)
      }
      if let mode = model?.mode ?? mode, fchmod(file, mode) != 0 { throw .last }
      guard bytes.withUnsafeBytes({ FileWriting.write($0, to: file) }) else { throw .last }
      guard fsync(file) == 0 else { throw .last }
    } catch {
      unlinkat(descriptor, name, 0)
      throw error
    }
  }

  /// Gives a file another name, in the place of what has that name.
  func rename(_ old: String, to new: String) throws(FileError) {
    guard renameat(descriptor, old, descriptor, new) == 0 else { throw .last }
  }

  /// Gives a file another name that nothing has.
  func rename(_ old: String, toFree new: String) throws(FileError) {
    if linkat(descriptor, old, descriptor, new, 0) == 0 {
      unlinkat(descriptor, old, 0)
      return
    }
    if errno == EEXIST { throw .changed }
    // A file system without hard links: the lock keeps other assays out, and a look all but the luckiest else.
    if try status(new) != nil { throw .changed }
    try rename(old, to: new)
  }

  /// Removes a file; one that is not there is as good.
  func remove(_ name: String) throws(FileError) {
    guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw .last }
  }

  /// Replaces a file of assay's own, or makes it, so that a crash leaves the old one or the new one.
  ///
  /// - Parameter syncs: Whether the name is on the disk, too, when this returns; else the caller sees to that.
  func replace(_ name: String, _ bytes: [UInt8], syncs: Bool = true) throws(FileError) {
    let temporary = ".\(name).\(getpid()).tmp"
    try remove(temporary)
    try create(temporary, bytes, mode: 0o600)
    try rename(temporary, to: name)
    if syncs { try sync() }
  }
}
