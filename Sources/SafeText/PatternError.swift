internal import CPCRE2

/// Why a pattern was refused.
package enum PatternError: Error, Equatable, CustomStringConvertible {
  case tooLong(bytes: Int)
  /// A mistake in the pattern; `position` counts characters from 1.
  case invalid(reason: String, position: Int, pattern: String)

  /// The error of a number and a byte offset that PCRE2 gave.
  init(number: Int32, offset: Int, source: String) {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
    let reason = length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(number)"
    let position = String(decoding: source.utf8.prefix(offset), as: UTF8.self).count + 1
    self = .invalid(reason: reason, position: position, pattern: source)
  }

  /// The mistake in words that fit `could not …: {error}`.
  package var description: String {
    switch self {
    case .tooLong(let bytes):
      "the pattern is too long (\(bytes) bytes; at most \(Pattern.lengthLimit))"
    case .invalid(let reason, let position, let pattern):
      "\(reason), at character \(position) of /\(Sanitizer.line(pattern, limit: 200))/"
    }
  }
}
