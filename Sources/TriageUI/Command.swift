package import TestQueries
package import TriageActions
internal import TriageMessages
package import TriageModel

/// Everything a person can ask of the program: what keys, help and the palette lead to.
package enum Command: Equatable, Sendable {
  /// What each screen does in its own way.
  case here(ScreenCommand)
  /// What the Triage screen does itself.
  case triage(TriageCommand)
  /// What the Goldens screen does itself.
  case goldens(GoldensCommand)
  /// Sorts the Runs screen.
  case sortRuns(RunsState.Order)
  /// What the Flakes screen does itself.
  case flakes(FlakesCommand)
  /// What the pair of a golden does, wherever it is shown.
  case pair(PairCommand)
  /// Goes to a screen.
  case screen(Screen)
  // Decisions.
  case decide(DecisionRequest.Kind)
  case whatIf
  case decideCauses(CauseDecision.Kind)
  case undo
  case redo
  // Menus.
  case help
  case palette
  case messages
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

/// What the Triage screen does itself.
package enum TriageCommand: Equatable, Sendable {
  case group(Grouping)
  case sort(Order)
}

/// What the Goldens screen does itself.
package enum GoldensCommand: Equatable, Sendable {
  case group(GoldenQuery.Grouping)
  case sort(GoldenQuery.Order)
}

/// What the Flakes screen does itself.
package enum FlakesCommand: Equatable, Sendable {
  case sort(FlakeQuery.Order)
  /// Along the runs: down is older.
  case runs(Motion)
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
