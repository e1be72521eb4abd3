package import TerminalKit
package import TriageMessages
import TriageModel

/// The Flakes screen: flaky tests by what they cost, and what each did in each run.
package struct FlakesState: Equatable, Sendable {
  /// What is known of the window.
  package internal(set) var list: FlakeList?
  /// The newest question.
  var asked: FlakesRequest?
  /// Whether all tests that failed or were retried are shown.
  package internal(set) var isAll = false
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  // The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)

  /// The screen before anything is known.
  package init() {}
}

extension FlakesState {
  /// The question for the flaky tests of a window; nil when it was asked already.
  mutating func question(_ window: HistoryWindow) -> Effect? {
    var request = FlakesRequest(generation: asked?.generation ?? 0, window: window, isAll: isAll)
    guard request != asked else { return nil }
    request.generation += 1
    asked = request
    return .findFlakes(request)
  }

  /// Takes an answer, unless a newer one was asked for.
  mutating func take(_ list: FlakeList) {
    guard list.request == asked else { return }
    self.list = list
  }

  mutating func resize(to size: Size) { self.size = size }

  /// Carries out a command of this screen; returns what there is to say.
  mutating func perform(_ command: ScreenCommand) -> String? { nil }
}

extension FlakesState: PromptHolder {
  var filterProblem: String? { nil }

  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {}
}
