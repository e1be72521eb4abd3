import TerminalKit
import TestQueries
import TriageActions
import TriageMessages
import TriageModel

extension App {
  /// Opens the line for the words of a decision on causes.
  static func decideCauses(_ kind: CauseDecision.Kind, _ state: inout AppState) {
    switch state.causeDecision(kind) {
    case .success(let cause): state.overlay = .cause(cause)
    case .failure(let refusal): say(Notice(.info, refusal.words), &state, isKept: false)
    }
  }

  /// Does what a key means while a decision on causes is made.
  static func causeKey(_ key: Key, _ cause: CauseState, _ state: inout AppState) -> [Effect] {
    var cause = cause
    switch cause.handle(key) {
    case .stay: state.overlay = .cause(cause)
    case .close: state.overlay = nil
    case .decide(let effect):
      state.overlay = nil
      state.triage.marks = []
      return [effect]
    }
    return []
  }
}

extension AppState {
  /// Why there is nothing to decide.
  struct Refusal: Error, Equatable {
    let words: String
  }

  /// The decision on the causes of the marked tests, or of the one under the cursor.
  func causeDecision(_ kind: CauseDecision.Kind) -> Result<CauseState, Refusal> {
    guard screen == .triage, triage.query.grouping == .cause else {
      return .failure(Refusal(words: "causes are merged and split in Triage while it is grouped by cause (s)"))
    }
    let shown = triage.rows.arrangement
    let wanted = kind == .merge ? triage.marks : Set([triage.selectedTest].compactMap(\.self))
    // What a filter hides was not seen, and is not decided on.
    let tests = shown.tests.filter(wanted.contains).sorted()
    if kind == .split, tests.isEmpty {
      return .failure(Refusal(words: "choose the test whose failure is another thing"))
    }
    let groups = shown.groups.filter { shown.tests[$0.range].contains(where: wanted.contains) }
    if kind == .merge, groups.count < 2 {
      return .failure(Refusal(words: "mark tests of the causes that are one (space), then c merges them"))
    }
    if kind == .split, groups.first?.range.count == 1, triage.query.filter.isEmpty {
      return .failure(Refusal(words: "this failure is a cause of its own already"))
    }
    // A mark means the whole of its cause; golden changes that stand together say each another thing.
    let members = groups.flatMap { triage.rows.arrangement.tests[$0.range] }
    let all = kind == .merge ? members.sorted() : tests + members.filter { $0 != tests[0] }.sorted()
    let decision = CauseDecision(run: run, revision: runs.revision, kind: kind, tests: all)
    return .success(CauseState(decision, titles: groups.map(\.title)))
  }
}
