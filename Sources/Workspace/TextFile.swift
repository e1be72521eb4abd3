internal import Foundation

/// Reads configuration files: small, regular, whole.
package enum TextFile {
  /// The text of a file; nil when there is none.
  package static func read(_ path: String, shownAs file: String) throws(ConfigurationError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw ConfigurationError(file: file, cause: .system(String(cString: strerror(errno)).lowercased()))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ConfigurationError(file: file, cause: .system("it is not a file"))
    }
    guard status.st_size <= YAMLDocument.sizeLimit else {
      throw ConfigurationError(file: file, cause: .limit("it is larger than 1 MiB (limit)"))
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count <= YAMLDocument.sizeLimit {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw ConfigurationError(file: file, cause: .system(String(cString: strerror(errno)).lowercased()))
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
