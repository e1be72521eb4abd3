import TerminalKit
import TriageMessages
import TriageModel

extension AppState {
  /// The golden whose sides are on the screen, or would be if there were room.
  var currentGolden: GoldenChange? {
    switch screen {
    case .goldens: goldens.selected
    case .triage: triage.shownTab == .golden ? triage.golden : nil
    case .flakes, .runs: nil
    }
  }

  /// Where the sides are drawn; empty when they are not.
  var pairArea: Rect {
    switch screen {
    case .goldens: goldens.layout.pair
    case .triage: triage.shownTab == .golden ? triage.layout.goldenPair : Rect(x: 0, y: 0, width: 0, height: 0)
    case .flakes, .runs: Rect(x: 0, y: 0, width: 0, height: 0)
    }
  }

  /// Whether keys go to the sides.
  var isOnPair: Bool {
    switch screen {
    case .goldens: goldens.focus == .pair
    case .triage: triage.shownTab == .golden && triage.focus == .detail
    case .flakes, .runs: false
    }
  }

  /// Which keys are in force.
  var keyContext: Keys.Context {
    if isOnPair { return .pair }
    switch screen {
    case .goldens: return .list(hasGolden: true)
    case .triage: return triage.focus == .detail ? .text : .list(hasGolden: triage.shownTab == .golden)
    case .flakes: return .flakes
    case .runs: return .runs
    }
  }

  /// What must be asked about goldens: the run's changes, and the comparison of the one that is looked at.
  mutating func wantsOfGoldens() -> [Effect] {
    triage.goldens = goldenChangesOfTest()
    let find = question()
    let area = pairArea
    if !area.isEmpty { pair.resize(to: Size(width: area.width, height: area.height)) }
    let golden = area.isEmpty ? nil : currentGolden
    // A group's line or a folded pane asks for nothing; what was found last stays.
    let compare = golden.flatMap { pair.look(at: $0.place, run: run, revision: runs.revision) }
    remember(golden)
    return [find, compare].compactMap(\.self)
  }

  /// The question for the run's changes; nil when it was asked already, or the run is still being read.
  private mutating func question() -> Effect? {
    guard runs.isComplete, currentRun != nil else { return nil }
    let effect = Effect.findGoldens(run: run, revision: runs.revision)
    guard goldens.asked != effect else { return nil }
    goldens.asked = effect
    return effect
  }

  /// Keeps in mind that a comparison was on the screen.
  private mutating func remember(_ golden: GoldenChange?) {
    guard let golden, overlay == nil, pair.sides == .expectedActual, pair.answer?.request == pair.wanted,
      pair.wanted?.golden == golden.place, pair.comparison != nil
    else { return }
    goldens.displayed.insert(GoldensScreen.Seen(place: golden.place, actual: golden.actualHash))
  }

  /// The golden changes of the test that is chosen in Triage.
  private func goldenChangesOfTest() -> [GoldenChange] {
    guard let test = triage.selectedTest, let current = currentRun, !goldens.changes.isEmpty,
      goldens.list?.revision == runs.revision
    else { return [] }
    let id = current.table.id(of: test)
    return goldens.changes.filter { $0.testIndex == test || ($0.testIndex == nil && $0.test == id) }
  }

  /// Takes the changes of the run that is looked at; those of older revisions are dropped.
  mutating func take(_ list: GoldenList) {
    guard list.run == run, list.revision == runs.revision else { return }
    goldens.take(list)
    triage.decided = DecidedTests(list.changes)
    if !list.changes.isEmpty { triage.goldensFound() }
  }
}
