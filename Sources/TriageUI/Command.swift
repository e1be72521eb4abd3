package import TestQueries

/// Everything a person can ask of the screens: what keys, help and the palette lead to.
package enum Command: Equatable, Sendable {
  // Moving.
  case down
  case up
  case halfPageDown
  case halfPageUp
  case pageDown
  case pageUp
  case top
  case bottom
  case nextFailure
  case previousFailure
  case nextPane
  case open
  case back
  case nextTab
  case previousTab
  case left
  case right
  // Choosing what is shown.
  case filter
  case search
  case nextMatch
  case previousMatch
  case zoom
  case wrap
  case arrangeMenu
  case group(Grouping)
  case sort(Order)
  case toggleScope
  case foldAll
  case runMenu
  case selectRun(Int)
  case newerRun
  case olderRun
  // Marks.
  case mark
  case markRange
  case markAll
  // Acting.
  case edit
  case copyMenu
  case copy(CopySubject)
  case reload
  // The program.
  case help
  case palette
  case messages
  case mouse
  case suspend
  case quit
}

/// What can be put on the clipboard.
package enum CopySubject: String, Equatable, Sendable, CaseIterable {
  case id
  case location
  case message
  case pane

  /// How the copy menu and the notice name it.
  var title: String {
    switch self {
    case .id: "test id (or the ids of all marked)"
    case .location: "path:line"
    case .message: "message"
    case .pane: "all of the text shown"
    }
  }

  /// The letter that chooses it in the copy menu.
  var letter: Character {
    switch self {
    case .id: "y"
    case .location: "p"
    case .message: "m"
    case .pane: "t"
    }
  }
}
