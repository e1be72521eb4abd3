package import TriageModel

/// What the screens ask of the runtime: data, so that a test of a key is one comparison.
package enum Effect: Sendable, Equatable {
  /// Read everything again.
  case reload
  /// Filter, group and sort.
  case arrange(QueryRequest)
  /// Make a text ready.
  case read(DocumentRequest)
  /// Open a source file in the person's editor, at a line.
  case edit(SourceLocation)
  /// Put text on the clipboard; `what` names it to the person (`test id`).
  case copy(text: String, what: String)
  /// Take the mouse from the terminal, or give it back.
  case mouse(Bool)
  /// Stop as a job of the shell.
  case suspend
  case quit
}
