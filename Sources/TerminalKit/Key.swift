/// A key as a person presses it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// A letter with Control held.
  case control(Character)
  case function(Int)
  case enter
  case escape
  case tab
  case backTab
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown

  /// How help names it: `j`, `^d`, `enter`, `↓`.
  package var label: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "^" + String(character)
    case .function(let number): "F" + String(number)
    case .enter: "enter"
    case .escape: "esc"
    case .tab: "tab"
    case .backTab: "shift-tab"
    case .backspace: "backspace"
    case .delete: "del"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pgup"
    case .pageDown: "pgdn"
    }
  }
}

/// What the mouse did, when a person has turned it on.
package struct MouseEvent: Hashable, Sendable {
  /// A button or the wheel.
  package enum Action: Hashable, Sendable {
    case press
    case doublePress
    case wheelUp
    case wheelDown
  }

  /// What it did.
  package var action: Action
  /// The cell it did it at.
  package var point: Point

  /// An action at a cell.
  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}

/// What the terminal tells the program.
package enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Text that was pasted: it never reaches key bindings.
  case paste(String)
  case resize(Size)
  case mouse(MouseEvent)
}

/// One line of a key table: the keys, what they do, and the words for it. Help is made from these.
package struct KeyBinding<Action: Equatable & Sendable>: Sendable {
  /// The keys, the one that help names first.
  package let keys: [Key]
  /// What they do.
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
  /// The lines, in the order help lists them.
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
}
