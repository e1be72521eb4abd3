internal import Foundation

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
