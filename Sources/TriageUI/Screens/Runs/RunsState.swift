package import TerminalKit
package import TriageMessages
import TriageModel

/// The Runs screen: the runs of the history, and the difference of two.
package struct RunsState: Equatable, Sendable {
  /// The runs of the window.
  package internal(set) var list: RunList?
  /// The newest question.
  var asked: RunListRequest?
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  // The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)

  /// The screen before anything is known.
  package init() {}
}

extension RunsState {
  /// The question for the runs of a window; nil when it was asked already.
  mutating func question(_ window: HistoryWindow) -> Effect? {
    var request = RunListRequest(generation: asked?.generation ?? 0, window: window)
    guard request != asked else { return nil }
    request.generation += 1
    asked = request
    return .listRuns(request)
  }

  /// Takes an answer, unless a newer one was asked for.
  mutating func take(_ list: RunList) {
    guard list.request == asked else { return }
    self.list = list
  }

  /// Takes what became of tests between two runs.
  mutating func take(_ answer: RunComparisonAnswer) {}

  mutating func resize(to size: Size) { self.size = size }

  /// Carries out a command of this screen; returns what there is to say.
  mutating func perform(_ command: ScreenCommand) -> String? { nil }
}

extension RunsState: PromptHolder {
  var filterProblem: String? { nil }

  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {}
}
