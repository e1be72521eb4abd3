internal import TerminalKit
internal import TriageMessages
internal import TriageModel

extension DocumentBuilder {
  /// What a test printed beside the last green run and the run before.
  mutating func addComparedOutput(of test: TestIndex) {
    add(Line("Nothing is known.", .dim))
  }
}
