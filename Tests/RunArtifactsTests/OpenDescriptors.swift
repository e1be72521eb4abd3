import Foundation

/// What this process has open.
enum OpenDescriptors {
  /// The descriptors of a file that a program started now would inherit.
  static func inherited(of path: String) -> Set<Int32> {
    var wanted = stat()
    guard stat(path, &wanted) == 0 else { return [] }
    let most = min(Int32(clamping: sysconf(Int32(_SC_OPEN_MAX))), 4096)
    return Set(
      (0..<most).filter { descriptor in
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return status.st_ino == wanted.st_ino && status.st_dev == wanted.st_dev
          && fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0
      })
  }
}
