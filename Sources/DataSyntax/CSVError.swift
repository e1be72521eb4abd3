/// Why bytes could not be read as CSV. The text fits "could not read X: {error}".
package enum CSVError: Error, Equatable, CustomStringConvertible {
  /// A quotation mark opens a cell that is never closed; the line it stands on.
  case unclosedQuote(line: Int)
  /// A limit was reached; which, and its value.
  case limit(String, Int, line: Int)

  package var description: String {
    switch self {
    case .unclosedQuote(let line): "line \(line): a quotation mark is never closed"
    case .limit(let what, let value, let line): "line \(line): more than \(value) \(what)"
    }
  }
}

/// What a reader of CSV takes at most.
package struct CSVLimits: Sendable, Equatable {
  /// Cells of one row.
  package var columns = 65_535
  /// Bytes of the whole document, whose places are kept in 32 bits.
  package var bytes = 1 << 31

  /// The usual limits.
  package init() {}
}
