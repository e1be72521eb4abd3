import TerminalKit

/// A key of a screen: what it does, how help and the footer name it, and why it cannot be used now.
struct ScreenKey<Model: ScreenModel> {
  /// What help, footer and manual say of it.
  let binding: KeyBinding<Command>
  /// What it does.
  let run: (inout Model, inout AppContext) -> [Reaction]
  /// Why it cannot be used now; nil when it can.
  let reason: (Model, AppContext) -> String?

  /// A key that this screen alone has, under a name that is unique in it.
  init(
    _ name: String, _ keys: [Key], _ title: String, hint: String? = nil,
    unless reason: @escaping (Model, AppContext) -> String? = { _, _ in nil },
    run: @escaping (inout Model, inout AppContext) -> [Reaction]
  ) {
    binding = KeyBinding(keys, .own(Model.screen, name), title, hint: hint)
    self.run = run
    self.reason = reason
  }

  /// A key of all screens with the words of this one.
  init(_ command: ScreenCommand, _ keys: [Key], _ title: String, hint: String? = nil) {
    self.init(.here(command), keys, title, hint: hint)
  }

  /// A key of the application with the words of this screen.
  init(_ command: Command, _ keys: [Key], _ title: String, hint: String? = nil) {
    binding = KeyBinding(keys, command, title, hint: hint)
    run = { _, _ in [] }
    reason = { _, _ in nil }
  }
}

/// One way of arranging a screen's rows: which section of its menu, and the word.
package struct ArrangeChoice: Equatable, Sendable {
  /// The section, by its place.
  let section: Int
  /// The raw value that is chosen.
  let word: String
}

/// What the rows of a screen can be grouped or sorted by.
struct ArrangeSection<Model: ScreenModel> {
  /// The heading in the menu.
  let heading: String
  /// What the list of all commands says before each word: `group goldens by`.
  let verb: String
  /// The words, and how the menu reads.
  let choices: [(word: String, title: String)]
  /// The word in force.
  let current: (Model) -> String
  /// Puts a word in force.
  let choose: (inout Model, String) -> Void

  init<Value: CaseIterable & RawRepresentable<String>>(
    _ heading: String, verb: String, _ path: WritableKeyPath<Model, Value>,
    title: (Value) -> String = { $0.rawValue }
  ) {
    self.heading = heading
    self.verb = verb
    choices = Value.allCases.map { ($0.rawValue, title($0)) }
    current = { $0[keyPath: path].rawValue }
    choose = { model, word in if let value = Value(rawValue: word) { model[keyPath: path] = value } }
  }
}
