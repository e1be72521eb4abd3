internal import Foundation

/// Asks the system about paths, and makes folders.
package enum FilePath {
  /// The absolute path without links; nil, with `errno` set, when it leads nowhere.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether an absolute path without links is a folder or lies in it.
  package static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// Makes a folder and those above it, private to the person; false, with `errno` set, when one could not be made.
  package static func makeFolder(_ path: String) -> Bool {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o700) != 0, errno != EEXIST {
        // A folder that may not be written to says so first, also where the next one is there already.
        let code = errno
        if access(made, F_OK) != 0 {
          errno = code
          return false
        }
      }
    }
    return true
  }
}
