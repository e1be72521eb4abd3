import SafeText
import TerminalKit
import TriageActions
import TriageMessages

/// What an action would do, as it is shown before `y`.
struct ActionPreview: Sendable {
  /// What is held back until it is named, or was named, with the letter that does it.
  struct Choice: Sendable {
    var letter: Character
    var title: String
    var isNamed: Bool
    /// Whether it is a way of doing it, and not something that is held back.
    var isOption = false
  }

  /// What it would do.
  var lines: [Line] = []
  /// Why nothing may be done at all; nil when it may.
  var refusal: String?
  /// Whether nothing is left to do.
  var isEmpty = false
  /// What a person may take in all the same.
  var choices: [Choice] = []
  /// The count that has to be typed; nil for few things.
  var count: Int?
}

/// An action on its way through a panel.
protocol PanelAction: Sendable {
  /// The title over what it would do: `Approve`.
  var title: String { get }
  /// What is typed for: `approve scores.csv`.
  var subject: String { get }
  /// What `y` does: `approves`.
  var verb: String { get }
  /// What is asked, one line each; none goes straight to what it would do.
  var inputs: [ActionInput] { get }
  /// Whether what is typed takes the place of what is offered: two reasons run together would be neither.
  var replacesOffered: Bool { get }
  /// What is said beside the title over what it would do: the words that were typed.
  var heading: String { get }
  /// What it would do; nil until that is known.
  func preview(isLow: Bool) -> ActionPreview?
  /// Takes what was typed; what is asked of the runtime to know what it would do; nil when that is known.
  mutating func take(_ words: [String: String]) -> Effect?
  /// Names what is held back, or takes that back; what is asked to know what it would do then.
  mutating func name(_ letter: Character) -> Effect?
  /// Takes what it would do; whether it was that.
  mutating func take(_ event: Event) -> Bool
  /// Does it: what is asked for.
  func carryOut() -> [Reaction]
  /// Whether an event ends it.
  func isEnded(by event: Event) -> Bool
}

extension PanelAction {
  var subject: String { "" }
  var inputs: [ActionInput] { [] }
  var replacesOffered: Bool { false }
  var heading: String { "" }
  mutating func take(_ words: [String: String]) -> Effect? { nil }
  mutating func name(_ letter: Character) -> Effect? { nil }
  mutating func take(_ event: Event) -> Bool { false }
  func isEnded(by event: Event) -> Bool { false }
}

/// An action on its way: what it asks for is typed, what it would do is shown, and `y` does it.
struct ActionPanel: Overlay {
  /// How far it is.
  enum Stage: Equatable {
    case typing
    /// What it would do is being worked out.
    case preparing
    case confirm
    case working
  }

  /// A line that is typed, and whether what was offered in it is untouched.
  struct Field {
    let input: ActionInput
    var editor: LineEditor
    var isOffered: Bool
  }

  private(set) var action: any PanelAction
  private(set) var stage = Stage.typing
  private(set) var fields: [Field]
  /// The line that is typed in.
  private(set) var current = 0
  /// The count that many files ask for.
  private(set) var count = LineEditor()
  /// What is wrong with what was typed.
  private(set) var problem: String?

  init(_ action: any PanelAction) {
    self.action = action
    fields = action.inputs.map { input in
      Field(
        input: input, editor: LineEditor(input.offered),
        isOffered: action.replacesOffered && !input.offered.isEmpty)
    }
    if fields.isEmpty { stage = .confirm }
  }

  /// Does what a key means; only `y`, on what is shown, does it.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    if key == .escape || key == .control("c") { return [.close] }
    switch stage {
    case .typing: return type(key)
    case .preparing, .working: return []
    case .confirm: return confirm(key)
    }
  }

  /// Pasted text is what is typed, never a decision.
  mutating func paste(_ text: String) -> Bool {
    if stage == .typing {
      replaceOffered()
      fields[current].editor.insert(text)
    }
    return true
  }

  mutating func take(_ event: Event) -> [Reaction] {
    if stage == .preparing, action.take(event) {
      count = LineEditor()
      stage = .confirm
    }
    return stage == .working && action.isEnded(by: event) ? [.close] : []
  }

  private mutating func type(_ key: Key) -> [Reaction] {
    problem = nil
    switch key {
    case .tab, .backTab: current = (current + 1) % fields.count
    case .enter: return endTyping()
    default:
      if case .character = key { replaceOffered() }
      fields[current].isOffered = false
      _ = fields[current].editor.handle(key)
    }
    return []
  }

  private mutating func replaceOffered() {
    if fields[current].isOffered { fields[current].editor = LineEditor() }
    fields[current].isOffered = false
  }

  private mutating func endTyping() -> [Reaction] {
    var words: [String: String] = [:]
    for (place, field) in fields.enumerated() {
      let text = field.editor.text.split(separator: " ").joined(separator: " ")
      if text.isEmpty, let problem = field.input.problem {
        self.problem = problem
        current = place
        return []
      }
      words[field.input.id] = text
    }
    return ask(action.take(words))
  }

  /// Asks what it would do, where that is not known already.
  private mutating func ask(_ effect: Effect?) -> [Reaction] {
    stage = effect == nil ? .confirm : .preparing
    return effect.map { [.ask($0)] } ?? []
  }

  private mutating func confirm(_ key: Key) -> [Reaction] {
    problem = nil
    guard let preview = action.preview(isLow: false) else { return [] }
    switch key {
    case .character("y") where preview.refusal == nil: return carryOut(preview)
    case .character("e") where !fields.isEmpty: stage = .typing
    case .character("q") where fields.isEmpty: return [.close]
    case .character(let letter):
      if preview.choices.contains(where: { $0.letter == letter }) { return ask(action.name(letter)) }
      if letter.isASCII, letter.isNumber { _ = count.handle(key) }
    case .backspace: _ = count.handle(key)
    default: break
    }
    return []
  }

  private mutating func carryOut(_ preview: ActionPreview) -> [Reaction] {
    if preview.isEmpty {
      problem = "nothing is left to decide"
      return []
    }
    if let wanted = preview.count, count.text != String(wanted) {
      problem = "type the count, \(wanted), before y"
      return []
    }
    stage = .working
    return action.carryOut()
  }
}
