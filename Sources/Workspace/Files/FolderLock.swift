internal import Foundation
internal import SystemKit

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
