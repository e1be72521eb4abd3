import TerminalKit
import ItemQueries

/// A line being typed at the foot of a screen.
struct Prompt: Equatable, Sendable {
  /// What it is for.
  enum Purpose: Equatable, Sendable {
    case filter
    case findInList
    case searchText
  }

  /// What the text is for.
  var purpose: Purpose
  /// What is typed so far.
  var editor: LineEditor
  /// What stood there before, for Escape.
  var before: String
}

extension FilterError {
  /// What is wrong with a filter, as a sentence; nil when nothing is.
  static func of<Filter>(_ parse: () throws(FilterError) -> Filter) -> String? {
    do throws(FilterError) {
      _ = try parse()
      return nil
    } catch {
      return "\(error)"
    }
  }
}
