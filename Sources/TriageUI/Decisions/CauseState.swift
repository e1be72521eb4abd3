import TerminalKit
package import TriageActions
internal import TriageMessages

/// A person's word on causes on its way: its words are typed, what it would do is shown, and `y` decides.
package struct CauseState: Equatable, Sendable {
  /// What is decided.
  package internal(set) var decision: CauseDecision
  /// The titles of the causes that are meant.
  let titles: [String]
  /// The words.
  var editor: LineEditor
  /// Whether what it would do is shown.
  package internal(set) var isShown = false
  /// What is wrong with what was typed.
  var problem: String?

  /// A decision whose words are still to be typed; the first title is offered as the name of a merged cause.
  init(_ decision: CauseDecision, titles: [String]) {
    self.decision = decision
    self.titles = titles
    editor = LineEditor(decision.kind == .merge ? titles.first ?? "" : "")
  }

  /// What a key made of it.
  enum Reaction: Equatable {
    case stay
    case close
    case decide(Effect)
  }

  /// Does what a key means; only `y`, on what is shown, decides.
  mutating func handle(_ key: Key) -> Reaction {
    if key == .escape || key == .control("c") { return .close }
    if isShown { return key == .character("y") ? .decide(.decideCauses(decision)) : .stay }
    guard key == .enter else {
      problem = nil
      _ = editor.handle(key)
      return .stay
    }
    let words = editor.text.split(separator: " ").joined(separator: " ")
    if words.isEmpty {
      problem = decision.kind == .merge ? "the cause needs a name" : "a decision needs its reason"
    } else {
      decision.words = words
      isShown = true
    }
    return .stay
  }

  /// Pasted text is a name or a reason, never a decision.
  mutating func paste(_ text: String) {
    if !isShown { editor.insert(text) }
  }
}
