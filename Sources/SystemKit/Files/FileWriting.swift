internal import Foundation

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
