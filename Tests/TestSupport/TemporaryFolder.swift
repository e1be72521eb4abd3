internal import Foundation

/// A folder for one test, removed with all it holds when the test lets go of it.
package final class TemporaryFolder {
  /// The folder, an absolute path without links.
  package let path: String

  /// Makes an empty folder.
  package init() throws {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array((base + "/assay-test-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
    let made = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    path = URL(fileURLWithPath: String(decoding: made, as: UTF8.self)).resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of something in the folder.
  package func at(_ relative: String) -> String { path + "/" + relative }

  /// Writes a file and the folders above it, and returns its absolute path.
  @discardableResult
  package func write(_ relative: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: at(relative))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a text file and the folders above it, and returns its absolute path.
  @discardableResult
  package func write(_ relative: String, _ text: String) throws -> String { try write(relative, Array(text.utf8)) }

  /// Makes a folder and those above it.
  package func makeFolder(_ relative: String) throws {
    try FileManager.default.createDirectory(atPath: at(relative), withIntermediateDirectories: true)
  }

  /// Makes a link to a path that is taken as it is written.
  package func link(_ relative: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: at(relative), withDestinationPath: target)
  }
}
