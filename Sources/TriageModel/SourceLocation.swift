/// A line of a source file, as a report or a stack names it.
package struct SourceLocation: Hashable, Sendable {
  /// The path as written; relative paths are relative to the repository.
  package let file: String
  /// The line, counted from 1; nil when the report does not say.
  package let line: Int?

  /// A file, and a line where one is known.
  package init(file: String, line: Int?) {
    self.file = file
    self.line = line
  }
}
