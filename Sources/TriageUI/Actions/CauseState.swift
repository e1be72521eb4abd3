import TerminalKit
import TriageActions
import TriageMessages

/// A person's word on causes on its way: its words are typed, what it would do is shown, and `y` decides.
struct CauseState: Overlay {
  /// What is decided.
  var decision: CauseDecision
  /// The titles of the causes that are meant.
  let titles: [String]
  /// The words.
  var editor: LineEditor
  /// Whether what it would do is shown.
  var isShown = false
  /// What is wrong with what was typed.
  var problem: String?

  /// A decision whose words are still to be typed; the first title is offered as the name of a merged cause.
  init(_ decision: CauseDecision, titles: [String]) {
    self.decision = decision
    self.titles = titles
    editor = LineEditor(decision.kind == .merge ? titles.first ?? "" : "")
  }

  /// Does what a key means; only `y`, on what is shown, decides.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    if key == .escape || key == .control("c") { return [.close] }
    if isShown { return key == .character("y") ? [.close, .ask(.decideCauses(decision)), .unmark] : [] }
    guard key == .enter else {
      problem = nil
      _ = editor.handle(key)
      return []
    }
    let words = editor.text.split(separator: " ").joined(separator: " ")
    if words.isEmpty {
      problem = decision.kind == .merge ? "the cause needs a name" : "a decision needs its reason"
    } else {
      decision.words = words
      isShown = true
    }
    return []
  }

  /// Pasted text is a name or a reason, never a decision.
  mutating func paste(_ text: String) -> Bool {
    if !isShown { editor.insert(text) }
    return true
  }

  func draw(_ context: AppContext, on grid: inout Grid) { CauseView.draw(self, on: &grid) }
}
