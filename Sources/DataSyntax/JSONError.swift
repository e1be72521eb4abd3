/// Why a JSON document could not be read on. The text fits "could not read X: {error}".
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What was wrong.
  package enum Cause: Equatable, Sendable {
    /// The document ends inside a value.
    case endsEarly
    /// Something else was expected; what, in words.
    case expected(String)
    /// A number is not written as JSON writes numbers.
    case malformedNumber
    /// There is more behind the value.
    case trailingText
    /// A limit was reached; which, and its value.
    case limit(String, Int)
  }

  /// What was wrong.
  package let cause: Cause
  /// The line, from 1.
  package let line: Int
  /// The place in bytes from the start of the document.
  package let offset: Int

  /// An error at a place; readers of what the JSON means throw it too.
  package init(cause: Cause, line: Int, offset: Int) {
    self.cause = cause
    self.line = line
    self.offset = offset
  }

  package var description: String { "line \(line): \(cause.words)" }
}

extension JSONError.Cause {
  /// The cause in words, without the place.
  package var words: String {
    switch self {
    case .endsEarly: "the document ends inside a value"
    case .expected(let what): "expected \(what)"
    case .malformedNumber: "not a number"
    case .trailingText: "text behind the value"
    case .limit(let what, let value): "more than \(value) \(what)"
    }
  }
}

/// What a JSON reader takes at most.
package struct JSONLimits: Sendable {
  /// Values inside one another.
  package var depth = 512
  /// Bytes of one string or number, as written.
  package var tokenLength = 1 << 28
  /// Values of a tree; a stream of tokens has no such limit.
  package var nodes = 1_000_000

  /// The usual limits.
  package init() {}
}
