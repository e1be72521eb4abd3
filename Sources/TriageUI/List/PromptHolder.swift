import TerminalKit

/// What a line is typed into: a list with its filter, a text with its search.
protocol PromptHolder {
  /// The line that is being typed; nil when none is.
  var prompt: Prompt? { get set }
  /// What is wrong with the filter that is typed; a filter that is not understood is not left behind.
  var filterProblem: String? { get }
  /// Lets what is typed take effect.
  mutating func keep(_ text: String, _ purpose: Prompt.Purpose)
}

extension PromptHolder {
  /// Does what a key means while a line is typed; what it was typed for, once it is done.
  mutating func promptKey(_ key: Key) -> Prompt.Purpose? {
    guard var current = prompt else { return nil }
    switch key {
    case .escape, .control("c"):
      prompt = nil
      keep(current.before, current.purpose)
    case .enter:
      if current.purpose == .filter, filterProblem != nil { return nil }
      prompt = nil
      return current.purpose
    default:
      guard current.editor.handle(key) else { return nil }
      prompt = current
      promptChanged()
    }
    return nil
  }

  /// Takes text that was pasted into the line.
  mutating func paste(_ text: String) {
    prompt?.editor.insert(text)
    promptChanged()
  }

  private mutating func promptChanged() {
    guard let prompt else { return }
    keep(prompt.editor.text, prompt.purpose)
  }
}
