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
    /// A string has an escape that JSON does not know.
    case malformedEscape
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

  package var description: String {
    switch cause {
    case .endsEarly: "line \(line): the document ends inside a value"
    case .expected(let what): "line \(line): expected \(what)"
    case .malformedNumber: "line \(line): not a number"
    case .malformedEscape: "line \(line): not an escape JSON knows"
    case .trailingText: "line \(line): text behind the value"
    case .limit(let what, let value): "line \(line): more than \(value) \(what)"
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
