internal import TerminalKit
internal import TriageMessages
internal import TriageModel

extension DocumentBuilder {
  /// What the failures of a cause have in common.
  mutating func addCause(_ key: String) {
    add(Line("Nothing is known.", .dim))
  }
}
