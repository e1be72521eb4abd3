package import Foundation

/// A regular file that is open for reading; anything that could make a reader wait is refused.
package final class RegularFile {
  private let descriptor: Int32
  /// What the system said of it when it was opened.
  package let status: stat

  /// Bytes.
  package var size: Int { Int(status.st_size) }

  /// Opens a file. Devices and pipes are looked at without waiting and refused.
  package init(_ path: String) throws(FileReadError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    self.status = status
  }

  deinit { close(descriptor) }

  /// Another descriptor of the file, to be closed by the caller; no program that is started inherits it.
  package func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// Reads on into a buffer; the number of bytes, 0 at the end, or nil with `errno` set.
  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { return nil }
    }
  }

  /// The first bytes of the file, wherever reading is; empty when the system refuses.
  package func prefix(_ count: Int) -> [UInt8] { bytes(from: 0, count) }

  /// The last bytes of the file, wherever reading is; empty when the system refuses.
  package func suffix(_ count: Int) -> [UInt8] { bytes(from: max(0, size - count), count) }

  private func bytes(from start: Int, _ count: Int) -> [UInt8] {
    let wanted = min(count, max(size - start, 0))
    return [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted {
        let got = pread(descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled, off_t(start + filled))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
    }
  }
}

extension RegularFile {
  /// All bytes of a file of at most `limit` bytes; fails where it shrinks while it is read.
  package static func bytes(_ path: String, limit: Int) throws(FileReadError) -> [UInt8] {
    let file = try RegularFile(path)
    guard file.size <= limit else { throw .tooLarge(limit) }
    let bytes = file.prefix(file.size)
    guard bytes.count == file.size else { throw .cut }
    return bytes
  }

  /// All of a file as text, with U+FFFD for what is not UTF-8; nil where there is no file of at most `limit` bytes.
  package static func text(_ path: String, limit: Int) -> String? {
    (try? bytes(path, limit: limit)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first bytes of a file, at most `count`; nil where it cannot be read.
  package static func head(_ path: String, count: Int) -> [UInt8]? { (try? RegularFile(path))?.prefix(count) }
}

/// Why a file was not read. The text fits "could not read {file}: {error}".
package enum FileReadError: Error, Equatable, CustomStringConvertible {
  /// A pipe, a device, a socket, a folder: reading it could wait for ever.
  case notAFile
  /// It holds more bytes than are read; the limit.
  case tooLarge(Int)
  /// It became shorter while it was read.
  case cut
  /// The system refused; the value of `errno`.
  case system(Int32)

  /// Whether there is no such file.
  package var isMissing: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }

  package var description: String {
    switch self {
    case .notAFile: "it is not a file"
    case .tooLarge(let limit): "it is larger than \(limit) bytes (limit)"
    case .cut: "it could not be read to its end"
    case .system(let code): SystemWords.of(code)
    }
  }
}

/// Writes bytes to files and to whatever else has a descriptor.
package enum FileWriting {
  /// Writes all bytes, however many calls it takes; false, with `errno` set, when the system refuses.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
        continue
      }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Puts bytes in the place of a file, private to the person, by way of a file beside it: a half-written one is never
  /// taken for a whole one. False, with `errno` set, when the system refuses.
  package static func replace(_ path: String, by bytes: UnsafeRawBufferPointer) -> Bool {
    let unfinished = "\(path).\(getpid())"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let isWritten = write(bytes, to: descriptor)
    let code = errno
    close(descriptor)
    if isWritten, rename(unfinished, path) == 0 { return true }
    if !isWritten { errno = code }
    let reason = errno
    unlink(unfinished)
    errno = reason
    return false
  }
}

/// What the system says of a call that failed.
package enum SystemWords {
  /// The words for a value of `errno`, in lower case, as a sentence goes on with them.
  package static func of(_ code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "there is no such file or folder"
    case EACCES, EPERM: "permission denied"
    default: String(cString: strerror(code)).lowercased()
    }
  }

  /// The words for the call that failed last on this thread.
  package static var last: String { of(errno) }
}
