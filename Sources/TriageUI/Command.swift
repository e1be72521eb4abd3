package import TestQueries
package import TriageModel

/// Everything a person can ask of the program: what keys, help and the palette lead to.
package enum Command: Equatable, Sendable {
  /// What the Triage screen does itself.
  case triage(TriageCommand)
  // Menus.
  case help
  case palette
  case messages
  case arrangeMenu
  case runMenu
  case copyMenu
  // Runs.
  case selectRun(RunIdentity)
  case newerRun
  case olderRun
  case reload
  // What leaves the screen.
  case edit
  case copy(CopySubject)
  // The program.
  case mouse
  case suspend
  case quit
}

/// What the Triage screen does itself.
package enum TriageCommand: Equatable, Sendable {
  // Where the person is.
  case move(Motion)
  case nextFailure
  case previousFailure
  case nextPane
  case open
  case back
  case nextTab
  case previousTab
  // What is shown, and how.
  case filter
  case search
  case nextMatch
  case previousMatch
  case group(Grouping)
  case sort(Order)
  case toggleScope
  case foldAll
  case zoom
  case wrap
  case scrollLeft
  case scrollRight
  // Marks.
  case mark
  case markRange
  case markAll
}

/// A way through a list or a text.
package enum Motion: Equatable, Sendable {
  case down
  case up
  case halfPageDown
  case halfPageUp
  case pageDown
  case pageUp
  case top
  case bottom

  /// How many rows down it leads, in a pane of so many; to the ends by more than any list has.
  func distance(page: Int) -> Int {
    switch self {
    case .down: 1
    case .up: -1
    case .halfPageDown: max(1, page / 2)
    case .halfPageUp: -max(1, page / 2)
    case .pageDown: max(1, page - 1)
    case .pageUp: -max(1, page - 1)
    case .top: Int.min / 2
    case .bottom: Int.max / 2
    }
  }
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
