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

  /// What was done.
  package var action: Action
  /// The cell it was done at.
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
