package import TriageActions
import TriageMessages
package import TriageModel

/// Everything a person can ask of the program: what keys, help and the palette lead to.
package enum Command: Equatable, Sendable {
  /// What each screen does in its own way.
  case here(ScreenCommand)
  /// What one screen alone does, by the name of its key.
  case own(Screen, String)
  /// Groups or sorts a screen's rows.
  case arrange(Screen, ArrangeChoice)
  /// What the pair of a golden does, wherever it is shown.
  case pair(PairCommand)
  /// Goes to a screen.
  case screen(Screen)
  /// Acts on what is chosen.
  case act(ActionDescription)
  /// What another tolerance would leave.
  case whatIf
  case undo
  case redo
  // Menus.
  case help
  case palette
  case messages
  case jobs
  case arrangeMenu
  case runMenu
  case copyMenu
  // Runs.
  case selectRun(RunIdentity)
  /// The next time window of the history's screens.
  case window
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

/// What a screen or an overlay asks of the application; several are done in order.
enum Reaction: Sendable {
  /// Say what need not be read again later.
  case say(String)
  /// Say something, and keep it.
  case notice(Notice)
  case ask(Effect)
  case perform(Command)
  /// Look at a run in the screen that shows its tests, if its files are open.
  case look(RunIdentity)
  /// Look at a test of a run there, by the name that the history keeps.
  case visit(test: String, leg: String, of: RunIdentity)
  /// Go to the screen that shows what a figure is made of, and show what a filter chooses there.
  case go(HealthKind.Place, filter: String)
  /// Take the marks off in the screen that is looked at: what was marked is decided.
  case unmark
  /// Lay something over the screen.
  case show(any Overlay)
  /// Take the overlay away that asks for it.
  case close
}

/// Why something cannot be done now.
struct Refusal: Error, Equatable {
  /// How much it matters.
  var weight = Notice.Weight.info
  let words: String
}
/// What the pair of a golden does, wherever it is shown.
package enum PairCommand: Equatable, Sendable {
  case nextView
  case nextChange
  case previousChange
  case worst
  case nextPart
  case onlyChanged
  case moreContext
  case lessContext
  case nextSides
}

/// What each screen does in its own way.
package enum ScreenCommand: Equatable, Sendable {
  // Where the person is.
  case move(Motion)
  /// The next one that needs a person: a failing test, an open golden, a run where more or fewer tests fail.
  case nextProblem
  case previousProblem
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
  case left
  case right
  case patch
  case commit
  case handover

  /// What can be copied of a test.
  static let ofTests: [CopySubject] = [.id, .location, .message, .handover, .pane]
  /// What can be copied of a golden.
  static let ofGoldens: [CopySubject] = [.id, .location, .left, .right, .patch]
  /// What can be copied of a run.
  static let ofRuns: [CopySubject] = [.id, .commit, .pane]
  /// What can be copied of a test of the history.
  static let ofFlakes: [CopySubject] = [.id, .location, .message, .pane]

  /// How the copy menu and the notice name it.
  var title: String {
    switch self {
    case .id: "id (or the ids of all marked)"
    case .location: "path, with its line"
    case .message: "message"
    case .pane: "all of the text shown"
    case .left: "expected text"
    case .right: "actual text"
    case .patch: "patch from expected to actual"
    case .commit: "commit"
    case .handover: "hand-over, as Markdown"
    }
  }

  /// The letter that chooses it in the copy menu.
  var letter: Character {
    switch self {
    case .id: "y"
    case .location: "p"
    case .message: "m"
    case .pane: "t"
    case .left: "l"
    case .right: "r"
    case .patch: "d"
    case .commit: "c"
    case .handover: "h"
    }
  }
}

extension ScreenCommand {
  /// Whether the pair does it while the keys go there; the rest is the list's.
  var isOfPair: Bool {
    switch self {
    case .move, .open, .search, .nextMatch, .previousMatch, .wrap, .scrollLeft, .scrollRight: true
    case .nextProblem, .previousProblem, .nextPane, .back, .nextTab, .previousTab, .filter, .toggleScope, .foldAll,
      .zoom, .mark, .markRange, .markAll:
      false
    }
  }
}
