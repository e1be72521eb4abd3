/// One line of a key table: the keys, what they do, and the words for it. Help is made from these.
package struct KeyBinding<Action: Equatable & Sendable>: Sendable {
  /// The keys; any of them does it.
  package let keys: [Key]
  /// What the keys do.
  package let action: Action
  /// What it does, as an imperative: `open the editor at the line`.
  package let title: String
  /// A short word for the footer; nil keeps it out of there.
  package let hint: String?

  /// Keys bound to an action.
  package init(_ keys: [Key], _ action: Action, _ title: String, hint: String? = nil) {
    self.keys = keys
    self.action = action
    self.title = title
    self.hint = hint
  }
}

/// The keys of one context, in the order help lists them.
package struct KeyTable<Action: Equatable & Sendable>: Sendable {
  /// The heading in help.
  package let title: String
  /// The bindings, in the order help lists them.
  package let bindings: [KeyBinding<Action>]

  /// A table under a heading.
  package init(_ title: String, _ bindings: [KeyBinding<Action>]) {
    self.title = title
    self.bindings = bindings
  }

  /// What a key does here; nil when nothing.
  package func action(for key: Key) -> Action? {
    bindings.first { $0.keys.contains(key) }?.action
  }

  /// Keys that are bound twice: a mistake in the table.
  package var conflicts: [Key] {
    var seen: Set<Key> = []
    return bindings.flatMap(\.keys).filter { !seen.insert($0).inserted }
  }
}
