internal import SystemKit

/// Reads configuration files: small, regular, whole.
package enum TextFile {
  /// The text of a file; nil when there is none.
  package static func read(_ path: String, shownAs file: String) throws(ConfigurationError) -> String? {
    do throws(FileReadError) {
      return String(decoding: try RegularFile.bytes(path, limit: YAMLDocument.sizeLimit), as: UTF8.self)
    } catch {
      if error.isMissing { return nil }
      if case .tooLarge = error {
        throw ConfigurationError(file: file, cause: .limit("it is larger than 1 MiB (limit)"))
      }
      throw ConfigurationError(file: file, cause: .system(error.description))
    }
  }
}
