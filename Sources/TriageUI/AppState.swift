package import TerminalKit
package import TriageMessages
import TriageModel

/// The whole of what the program shows: a value, changed only by `update`.
package struct AppState: Sendable {
  /// How the program was started.
  package struct Options: Equatable, Sendable {
    /// Nothing may be written.
    package var isReadOnly = false

    /// What a plain start means.
    package init() {}
  }

  /// What all screens share.
  package var context: AppContext
  /// The screens.
  var screens = Screens()
  /// The screen that is looked at.
  var screen = Screen.allCases[0]
  /// What lies over the screen, the topmost last; that one takes the keys.
  var overlays: [any Overlay] = []
  /// What was said, oldest first; the newest stands in the footer until a key is pressed.
  package internal(set) var messages: [Notice] = []
  /// The line for the person at the foot.
  var notice: Notice?
  /// Whether the mouse is taken from the terminal.
  package var mouse = false

  /// An empty program on a terminal of a size.
  package init(size: Size, options: Options = Options()) {
    context = AppContext(size: size)
    context.options = options
    for screen in Screen.allCases { screen.path.resize(to: size, &self) }
  }

  /// The screen that is looked at, to be asked.
  var model: any ScreenModel { screen.path.model(in: screens) }

  /// What takes the keys instead of the screen; nil when nothing lies over it.
  var overlay: (any Overlay)? { overlays.last }

  /// The line that is being typed.
  var prompt: Prompt? { context.pair.prompt ?? model.prompt }
}

extension AppState {
  /// What must be fetched so that the screen shows what it should; each thing is asked for once.
  mutating func wants() -> [Effect] {
    guard context.currentRun != nil else { return [] }
    var effects = Screen.allCases.flatMap { $0.path.wants(&self, isLookedAt: isLookedAt($0)) }
    effects += [wantsComparison(), context.wantsJudgement()].compactMap(\.self)
    return effects
  }

  /// The question for the sides of the golden that is looked at; what is on the screen is kept in mind.
  private mutating func wantsComparison() -> Effect? {
    let model = self.model
    let area = model.pairArea
    if !area.isEmpty { context.pair.resize(to: Size(width: area.width, height: area.height)) }
    guard !area.isEmpty, let golden = model.currentGolden else { return nil }
    // A group's line or a folded pane asks for nothing; what was found last stays.
    let compare = context.pair.look(at: golden.location, of: context.ref)
    if overlays.isEmpty { context.pair.remember(golden) }
    return compare
  }
}
