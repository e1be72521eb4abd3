import TerminalKit
import ItemQueries
import TriageActions
import TriageMessages
import TriageModel

/// A screen: what it knows, its keys, what it wants of the runtime and takes from it, and how it draws.
///
/// A screen changes itself and what all screens share (`AppContext`), and returns what else it asks for; it never names
/// another screen. Screens that are lists conform to `ListScreen`, which carries out the keys of a list.
protocol ScreenModel: Equatable, Sendable {
  // MARK: What it is

  /// Its line in the registry.
  static var screen: Screen { get }
  /// The name in the header.
  static var title: String { get }
  /// What the key that leads to it is for.
  static var purpose: String { get }
  /// The tables of its keys, as the manual lists them.
  static var keyTables: [KeyTable<Command>] { get }
  /// The keys that only this screen has.
  static var ownKeys: [ScreenKey<Self>] { get }
  /// The ways its rows can be arranged.
  static var arrangements: [ArrangeSection<Self>] { get }
  /// Knows nothing yet.
  init()

  // MARK: Keys

  /// The tables in force, the nearest first; what means the same everywhere comes after them.
  func tables(_ context: AppContext) -> [KeyTable<Command>]
  /// Why a command of all screens cannot be carried out here now; nil when it can.
  func refusal(of command: ScreenCommand, _ context: AppContext) -> String?
  /// Why an action cannot be taken on what is chosen; nil when it can.
  func refusal(of action: ActionDescription, _ context: AppContext) -> Refusal?
  /// Whether the footer has room to name a command here, though it can be carried out.
  func isHinted(_ command: Command, _ context: AppContext) -> Bool

  mutating func perform(_ command: ScreenCommand, _ context: inout AppContext) -> [Reaction]
  mutating func perform(_ command: PairCommand, _ context: inout AppContext) -> [Reaction]
  mutating func mouse(_ event: MouseEvent, _ context: inout AppContext) -> [Reaction]
  /// Arranges its rows in a way that was chosen.
  mutating func arrange(by choice: ArrangeChoice)
  /// Takes all marks off.
  mutating func unmark()
  /// The panel of an action on what is chosen.
  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel

  // MARK: A line that is typed

  /// The line; nil when none is typed.
  var prompt: Prompt? { get }
  /// What is wrong with the filter that is typed.
  var filterProblem: String? { get }
  /// Does what a key means while a line is typed; what it was typed for, once it is done.
  mutating func promptKey(_ key: Key) -> Prompt.Purpose?
  mutating func paste(_ text: String)

  // MARK: What it wants and takes

  /// The questions to the runtime that are not asked yet.
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect]
  /// Takes what concerns it of what the runtime says; what is shared is older than the event.
  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction]
  mutating func resize(to size: Size)
  /// Another run is looked at.
  mutating func runChanged()
  /// The table of the run was read anew: places mean other tests.
  mutating func tableReplaced(_ old: TestTable)

  // MARK: What it shows

  /// The number beside its name in the header.
  func count(_ context: AppContext) -> Int?
  /// How things stand, in the header's second row: what there is at the left, how it is arranged at the right.
  func standing(_ context: AppContext) -> (left: Line, right: Line)
  func draw(_ context: AppContext, on grid: inout Grid)

  // MARK: What is chosen

  /// The golden whose sides are on the screen, or would be if there were room.
  var currentGolden: GoldenChange? { get }
  /// Where its sides are drawn; empty when they are not.
  var pairArea: Rect { get }
  /// Whether keys go to the sides.
  var isOnPair: Bool { get }
  /// What Enter on the sides does before it unfolds what is folded there.
  func openOnPair(_ context: AppContext) -> [Reaction]?
  /// The golden changes that a decision is about.
  var goldenSubjects: [GoldenChange] { get }
  /// Goldens of these that stand out in their group, or stand for it, and were never on the screen.
  func unseenOutliers(among places: Set<GoldenLocation>, _ context: AppContext) -> Int
  /// Shows what a filter chooses, where rows can be filtered.
  mutating func narrow(to filter: String)
  /// Takes over a golden that was looked at in the screen that is left.
  mutating func choose(golden: GoldenLocation)
  /// Why the editor cannot be opened; nil when it can.
  func editRefusal(_ context: AppContext) -> String?
  /// The line that the editor would open.
  func location(_ context: AppContext) -> SourceLocation?
  /// What can be copied.
  var copySubjects: [CopySubject] { get }
  /// The text to copy, made harmless, and what to call it; nil when there is nothing of the kind.
  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)?
}

// MARK: - What a plain screen does

extension ScreenModel {
  static var ownKeys: [ScreenKey<Self>] { [] }
  static var arrangements: [ArrangeSection<Self>] { [] }
  static var keyTables: [KeyTable<Command>] { ownKeys.isEmpty ? [] : [KeyTable(title, ownKeys.map(\.binding))] }

  func tables(_ context: AppContext) -> [KeyTable<Command>] { Self.keyTables }
  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? { nil }
  func isHinted(_ command: Command, _ context: AppContext) -> Bool { command != .here(.nextTab) }

  mutating func perform(_ command: PairCommand, _ context: inout AppContext) -> [Reaction] {
    .saying(context.pair.perform(command, of: currentGolden))
  }

  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] { [] }
  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] { [] }
  mutating func runChanged() {}
  mutating func tableReplaced(_ old: TestTable) {}
  func count(_ context: AppContext) -> Int? { nil }

  var currentGolden: GoldenChange? { nil }
  var pairArea: Rect { Rect(x: 0, y: 0, width: 0, height: 0) }
  var isOnPair: Bool { false }
  func openOnPair(_ context: AppContext) -> [Reaction]? { nil }
  var goldenSubjects: [GoldenChange] { [] }
  func unseenOutliers(among places: Set<GoldenLocation>, _ context: AppContext) -> Int { 0 }
  mutating func narrow(to filter: String) {}
  mutating func choose(golden: GoldenLocation) {}
  func location(_ context: AppContext) -> SourceLocation? { nil }
  func editRefusal(_ context: AppContext) -> String? {
    location(context) == nil ? "no source line is known here" : nil
  }
  var copySubjects: [CopySubject] { [] }
  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? { nil }
}
