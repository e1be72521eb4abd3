import Foundation

/// The programs that were built beside the tests.
package enum Product {
  /// The path of a built program, such as `assay`; nil where it is not there.
  package static func path(_ name: String) -> String? {
    for place in [executable, bundle].compactMap({ $0 }) {
      var parts = place.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      while parts.count > 1 {
        let path = parts.joined(separator: "/") + "/" + name
        if isProgram(path) { return path }
        parts = parts.dropLast()
      }
    }
    return nil
  }

  /// The running test program: on Linux it is the bundle.
  private static var executable: String? {
    var link = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &link, link.count)
    return count > 0 ? String(decoding: link.prefix(count), as: UTF8.self) : nil
  }

  /// The bundle that a runner was given.
  private static var bundle: String? {
    CommandLine.arguments.first { $0.contains(".xctest") }
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
