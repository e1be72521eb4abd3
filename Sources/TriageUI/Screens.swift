package import TerminalKit
import TriageMessages
import TriageModel

/// The screens, in the order of their numbers. To add one: its folder, and its lines here.
package enum Screen: Int, Sendable, CaseIterable {
  case triage
  case goldens
  case flakes
  case runs
  case health
  case mutes

  /// Where its model lies: the one place that tells the screens apart.
  var path: any ScreenPath {
    switch self {
    case .triage: ModelPath(\.triage)
    case .goldens: ModelPath(\.goldens)
    case .flakes: ModelPath(\.flakes)
    case .runs: ModelPath(\.runs)
    case .health: ModelPath(\.health)
    case .mutes: ModelPath(\.mutes)
    }
  }

  /// The number a person presses.
  var number: Int { rawValue + 1 }

  /// The screen that shows what a figure is made of; their names are the same words.
  init?(_ place: HealthKind.Place) {
    guard let screen = Screen.allCases.first(where: { "\($0)" == place.rawValue }) else { return nil }
    self = screen
  }

  /// The key that leads to it.
  package var key: Key { .character(Character("\(number)")) }
}

/// The models of the screens.
struct Screens: Equatable, Sendable {
  var triage = TriageScreen()
  var goldens = GoldensScreen()
  var flakes = FlakesScreen()
  var runs = RunsScreen()
  var health = HealthScreen()
  var mutes = MutesScreen()
}

/// Where a screen's model lies, so that the application asks each the same things.
protocol ScreenPath {
  associatedtype Model: ScreenModel
  var path: WritableKeyPath<Screens, Model> { get }
}

/// The path to a model of a known type.
struct ModelPath<Model: ScreenModel>: ScreenPath {
  let path: WritableKeyPath<Screens, Model>

  init(_ path: WritableKeyPath<Screens, Model>) { self.path = path }
}

extension ScreenPath {
  /// The type, for what is known without a state.
  var type: any ScreenModel.Type { Model.self }

  func model(in screens: Screens) -> any ScreenModel { screens[keyPath: path] }

  func perform(_ command: ScreenCommand, _ state: inout AppState) -> [Reaction] {
    state.screens[keyPath: path].perform(command, &state.context)
  }

  func perform(_ command: PairCommand, _ state: inout AppState) -> [Reaction] {
    state.screens[keyPath: path].perform(command, &state.context)
  }

  /// Does what a key does that only this screen has, unless there is a reason why not.
  func perform(own name: String, _ state: inout AppState) -> [Reaction] {
    guard let key = Model.ownKey(name) else { return [] }
    if let reason = key.reason(state.screens[keyPath: path], state.context) { return [.say(reason)] }
    return key.run(&state.screens[keyPath: path], &state.context)
  }

  func mouse(_ event: MouseEvent, _ state: inout AppState) -> [Reaction] {
    state.screens[keyPath: path].mouse(event, &state.context)
  }

  func arrange(by choice: ArrangeChoice, _ state: inout AppState) { state.screens[keyPath: path].arrange(by: choice) }

  func choose(golden: GoldenLocation, _ state: inout AppState) { state.screens[keyPath: path].choose(golden: golden) }

  func narrow(to filter: String, _ state: inout AppState) { state.screens[keyPath: path].narrow(to: filter) }

  func unmark(_ state: inout AppState) { state.screens[keyPath: path].unmark() }

  func promptKey(_ key: Key, _ state: inout AppState) -> Prompt.Purpose? {
    state.screens[keyPath: path].promptKey(key)
  }

  func paste(_ text: String, _ state: inout AppState) { state.screens[keyPath: path].paste(text) }

  func wants(_ state: inout AppState, isLookedAt: Bool) -> [Effect] {
    state.screens[keyPath: path].wants(state.context, isLookedAt: isLookedAt)
  }

  func take(_ event: Event, _ state: inout AppState) -> [Reaction] {
    state.screens[keyPath: path].take(event, state.context)
  }

  func resize(to size: Size, _ state: inout AppState) { state.screens[keyPath: path].resize(to: size) }

  func runChanged(_ state: inout AppState) { state.screens[keyPath: path].runChanged() }

  func tableReplaced(_ old: TestTable, _ state: inout AppState) { state.screens[keyPath: path].tableReplaced(old) }
}

extension AppState {
  /// Whether a screen is the one that is looked at.
  func isLookedAt(_ other: Screen) -> Bool { screen == other }
}

extension ScreenModel {
  static func ownKey(_ name: String) -> ScreenKey<Self>? {
    ownKeys.first { $0.binding.action == .own(screen, name) }
  }

  /// Why a key that only this screen has cannot be used now; nil when it can.
  func refusal(ofOwn name: String, _ context: AppContext) -> String? { Self.ownKey(name)?.reason(self, context) }

  /// The sections of the menu, with the word in force in each.
  func arrangeSections() -> [(heading: String, verb: String, choices: [(word: String, title: String)], current: String)]
  {
    Self.arrangements.map { ($0.heading, $0.verb, $0.choices, $0.current(self)) }
  }
}
