package import TerminalKit

/// A line being typed at the foot of a screen.
package struct Prompt: Equatable, Sendable {
  /// What it is for.
  package enum Purpose: Equatable, Sendable {
    case filter
    case findInList
    case searchText
  }

  /// What the text is for.
  package var purpose: Purpose
  /// What is typed so far.
  package var editor: LineEditor
  /// What stood there before, for Escape.
  package var before: String
}
