internal import TerminalKit
internal import TriageMessages
internal import TriageModel

extension DocumentBuilder {
  /// What a test did in the runs of a window, newest first.
  mutating func addHistory(of test: TestIndex, _ window: HistoryWindow) {
    add(Line("Nothing is known.", .dim))
  }
}
