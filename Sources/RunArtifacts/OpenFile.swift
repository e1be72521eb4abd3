internal import Foundation

/// A regular file that is open for reading; anything that could make a reader wait is refused.
final class OpenFile {
  let descriptor: Int32
  let status: stat

  /// Bytes.
  var size: Int { Int(status.st_size) }

  /// Opens a file. Devices and pipes are looked at without waiting and refused.
  init(_ path: String) throws(ArtifactError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    if descriptor < 0 {
      throw ArtifactError(errno: errno)
    }
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    self.status = status
  }

  deinit { close(descriptor) }

  /// Another descriptor of the file, to be closed by the caller; no program that is started inherits it.
  func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// Reads on into a buffer; the number of bytes, 0 at the end, or nil with `errno` set.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { return nil }
    }
  }

  /// The first bytes of the file, wherever reading is; empty when the system refuses.
  func prefix(_ count: Int) -> [UInt8] { bytes(from: 0, count) }

  /// The last bytes of the file, wherever reading is; empty when the system refuses.
  func suffix(_ count: Int) -> [UInt8] { bytes(from: max(0, size - count), count) }

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
