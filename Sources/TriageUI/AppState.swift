package import TerminalKit
package import TriageActions
package import TriageMessages
package import TriageModel

/// The whole of what the screens show: a value, changed only by `update`.
package struct AppState: Equatable, Sendable {
  /// How the program was started.
  package struct Options: Equatable, Sendable {
    /// Nothing may be written.
    package var isReadOnly = false

    /// What a plain start means.
    package init() {}
  }

  /// The terminal's columns and rows.
  package var size: Size
  /// What the person has switched.
  package var options: Options
  /// The open runs, newest first.
  package var runs = RunSet.none
  /// The place of the run that is looked at.
  package var run = 0
  /// Whether a person chose it; until then it is the newest that is known.
  var isRunChosen = false
  /// The screen that is looked at.
  package var screen = Screen.triage
  /// The Triage screen.
  package var triage = TriageState()
  /// The Goldens screen.
  package var goldens = GoldensState()
  /// The Flakes screen.
  package var flakes = FlakesState()
  /// The Runs screen.
  package var runsScreen = RunsState()
  /// How far back the screens of the history look.
  package var window = HistoryWindow.days(90)
  /// What the history says of the run that is looked at.
  package internal(set) var judgement: RunJudgement?
  /// How many failing tests have each verdict, counted when the history spoke: a frame must not cost more with each test.
  var verdictCounts: [Verdict.Label: Int] = [:]
  /// The newest question for that.
  var askedToJudge: Effect?
  /// The two sides of the golden that is looked at, in either screen.
  package var pair = PairState()
  /// The reason that is offered for the next decision.
  var lastReason = ""
  /// What lies over the screen and takes the keys.
  package var overlay: Overlay?
  /// How far a load has come; nil when none is under way.
  package var loading: LoadCount?
  /// What was said, oldest first; the newest stands in the footer until a key is pressed.
  package var messages: [Notice] = []
  /// The line for the person at the foot.
  package var notice: Notice?
  /// Whether the mouse is taken from the terminal.
  package var mouse = false

  /// An empty program on a terminal of a size.
  package init(size: Size, options: Options = Options()) {
    self.size = size
    self.options = options
    resizeScreens()
  }

  /// The run that is looked at; nil before the first is known.
  package var currentRun: Run? { run < runs.runs.count ? runs.runs[run] : nil }
}

/// What lies over the screen and takes the keys.
package enum Overlay: Equatable, Sendable {
  /// Help, the palette, runs, sort and group: all lead to commands.
  case menu(Menu<Command>)
  /// The copy menu: a letter chooses.
  case copy(Menu<Command>)
  /// A decision: its reason, then what it would do.
  case decision(DecisionState)
  /// The entry that would be undone or done again.
  case undo(UndoOffer)
  /// A word on causes: its words, then what it would do.
  case cause(CauseState)
  /// The end of a decision on many goldens.
  case closing(ClosingSummary)
  /// A tolerance that is tried.
  case whatIf(WhatIfState)
}
