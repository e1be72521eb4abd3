/// Why a filter could not be understood. Columns count characters from 1.
package enum FilterError: Error, Equatable, CustomStringConvertible {
  /// A quotation or pattern that is opened at the column and never closed.
  case unclosed(Character, column: Int)
  /// A field without its value (`owner:`).
  case noValue(field: String, column: Int)
  /// A `!` or `~` with nothing behind it.
  case nothingAfter(Character, column: Int)
  /// What looks like a misspelt field.
  case unknownField(String, column: Int, suggestion: String)
  /// A value that the field does not have.
  case unknownValue(String, field: String, column: Int, known: [String])
  /// A pattern that does not compile; the pattern library's words.
  case pattern(String, column: Int)

  package var description: String {
    switch self {
    case .unclosed("/", let column):
      "column \(column): the pattern has no closing /; put the words in quotation marks to search for them as they stand"
    case .unclosed(let mark, let column): "column \(column): no closing \(mark)"
    case .noValue(let field, let column): "column \(column): \(field): needs a value behind the colon"
    case .nothingAfter(let mark, let column): "column \(column): nothing follows \(mark)"
    case .unknownField(let field, let column, let suggestion):
      "column \(column): there is no field \(field):, did you mean \(suggestion):? quotation marks search for the words"
    case .unknownValue(let value, let field, let column, let known):
      "column \(column): \(field): has no \(value); it knows \(known.joined(separator: ", "))"
    case .pattern(let words, let column): "column \(column): \(words)"
    }
  }
}
