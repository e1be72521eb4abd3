internal import CPCRE2

/// A regular expression that a person or a repository wrote, run by PCRE2 under limits.
///
/// Subjects are bytes and may hold invalid UTF-8, which no pattern matches. `\C` is refused. A match that needs more than
/// the step, depth or memory limit counts as none.
package struct Pattern: Sendable {
  /// The longest pattern that is accepted, in bytes.
  package static let lengthLimit = 4096

  /// The pattern as it was written.
  package let source: String
  private let compiled: CompiledPattern

  /// Compiles a pattern.
  package init(_ source: String, caseInsensitive: Bool = false) throws(PatternError) {
    guard source.utf8.count <= Self.lengthLimit else { throw .tooLong(bytes: source.utf8.count) }
    self.source = source
    compiled = try CompiledPattern(source, caseInsensitive: caseInsensitive)
  }

  /// Where the pattern first matches, as a range of bytes.
  package func firstMatch(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    matcher().firstMatch(in: bytes)
  }

  /// Whether the pattern matches somewhere.
  package func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    firstMatch(in: bytes) != nil
  }

  /// Where the pattern first matches in a text, as a range of its UTF-8 bytes.
  package func firstMatch(in text: String) -> Range<Int>? {
    var copy = text
    return copy.withUTF8 { firstMatch(in: UnsafeRawBufferPointer($0)) }
  }

  /// Whether the pattern matches somewhere in a text.
  package func matches(_ text: String) -> Bool {
    firstMatch(in: text) != nil
  }

  /// A matcher for many subjects on one thread; it saves the set-up of each match.
  package func matcher() -> PatternMatcher {
    PatternMatcher(compiled)
  }
}

/// Compiled code: PCRE2 never changes it after compiling, so that threads can share it.
///
/// The pointer is kept as its address because Swift lets no pointer cross threads; the class owns what it points to.
final class CompiledPattern: Sendable {
  private let address: UInt

  /// The code, valid as long as the object.
  var code: OpaquePointer? { OpaquePointer(bitPattern: address) }

  init(_ source: String, caseInsensitive: Bool) throws(PatternError) {
    let options =
      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF
      | (caseInsensitive ? PCRE2_CASELESS : 0)
    var number: Int32 = 0
    var offset = 0
    let bytes = Array(source.utf8)
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &number, &offset, nil) else {
      throw PatternError(number: number, offset: offset, source: source)
    }
    // Without the just-in-time compiler matching is slower, not different.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    address = UInt(bitPattern: code)
  }

  deinit { pcre2_code_free_8(code) }
}

/// One thread's place to match a pattern.
package final class PatternMatcher {
  private static let stepLimit: UInt32 = 1_000_000
  private static let depthLimit: UInt32 = 10_000
  private static let heapLimitKilobytes: UInt32 = 20_000

  private let compiled: CompiledPattern
  private let data: OpaquePointer?
  private let context: OpaquePointer?

  init(_ compiled: CompiledPattern) {
    self.compiled = compiled
    data = pcre2_match_data_create_8(1, nil)
    context = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(context, Self.stepLimit)
    pcre2_set_depth_limit_8(context, Self.depthLimit)
    pcre2_set_heap_limit_8(context, Self.heapLimitKilobytes)
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(data)
  }

  /// Where the pattern first matches at or after an offset, as a range of bytes.
  package func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    guard let code = compiled.code, let data, start <= bytes.count else { return nil }
    let found = bytes.withMemoryRebound(to: UInt8.self) { subject in
      withUnsafePointer(to: UInt8(0)) { empty in
        pcre2_match_8(code, subject.baseAddress ?? empty, subject.count, start, 0, data, context)
      }
    }
    guard found >= 0, let ends = pcre2_get_ovector_pointer_8(data), ends[0] <= ends[1] else { return nil }
    return ends[0]..<ends[1]
  }
}

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
