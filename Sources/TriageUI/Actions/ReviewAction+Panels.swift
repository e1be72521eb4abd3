import TerminalKit
import TestQueries
import TriageActions
import TriageMessages
import TriageModel

extension ScreenModel {
  func refusal(of action: ReviewAction, _ context: AppContext) -> Refusal? {
    switch action {
    case .approve, .reject: return goldenRefusal(of: action)
    case .mergeCauses, .splitCause:
      do throws(Refusal) {
        _ = try panel(for: action, context)
        return nil
      } catch {
        return error
      }
    }
  }

  func panel(for action: ReviewAction, _ context: AppContext) throws(Refusal) -> ActionPanel {
    switch action {
    case .approve: goldenPanel(.approve, context)
    case .reject: goldenPanel(.reject, context)
    case .mergeCauses, .splitCause:
      throw Refusal(words: "causes are merged and split in Triage while it is grouped by cause (s)")
    }
  }

  /// Why a single golden cannot be decided on, whatever the reason for it.
  private func goldenRefusal(of action: ReviewAction) -> Refusal? {
    let subjects = goldenSubjects
    guard let change = subjects.first else { return Refusal(words: "no golden is chosen") }
    guard subjects.count == 1, action == .approve else { return nil }
    if change.state == .stale {
      return Refusal(
        weight: .warning,
        words: "stale: the golden changed since the run; S shows all three, a new run decides")
    }
    if change.state == .nonDeterministic {
      return Refusal(weight: .warning, words: "non-deterministic: runs of one commit disagree, so none is approved")
    }
    if !change.recovery.isApprovable {
      return Refusal(
        weight: .warning,
        words: "recovered only as “\(change.recovery.name)”: run the test again so that its output is kept")
    }
    return nil
  }

  /// The panel of a decision on the goldens that are chosen.
  func goldenPanel(_ kind: DecisionRequest.Kind, _ context: AppContext) -> ActionPanel {
    let subjects = goldenSubjects
    let reviewed = subjects.compactMap { change in change.actualHash.map { (change.place, $0) } }
    let request = DecisionRequest(
      run: context.ref, kind: kind, places: subjects.map(\.place),
      reviewed: Dictionary(reviewed) { first, _ in first },
      displayed: Set(subjects.filter(context.pair.wasDisplayed).map(\.place)))
    return ActionPanel(
      GoldenDecision(
        request, offered: context.lastReason, unseenOutliers: unseenOutliers(among: Set(request.places), context)))
  }
}

extension TriageScreen {
  func panel(for action: ReviewAction, _ context: AppContext) throws(Refusal) -> ActionPanel {
    switch action {
    case .approve: goldenPanel(.approve, context)
    case .reject: goldenPanel(.reject, context)
    case .mergeCauses: try causePanel(.merge, context)
    case .splitCause: try causePanel(.split, context)
    }
  }

  /// The panel of a decision on the causes of the marked tests, or of the one under the cursor.
  func causePanel(_ kind: CauseDecision.Kind, _ context: AppContext) throws(Refusal) -> ActionPanel {
    guard query.grouping == .cause else {
      throw Refusal(words: "causes are merged and split in Triage while it is grouped by cause (s)")
    }
    let shown = rows.arrangement
    let wanted = kind == .merge ? marks : Set([selectedTest].compactMap(\.self))
    // What a filter hides was not seen, and is not decided on.
    let tests = shown.tests.filter(wanted.contains).sorted()
    if kind == .split, tests.isEmpty { throw Refusal(words: "choose the test whose failure is another thing") }
    let groups = shown.groups.filter { shown.tests[$0.range].contains(where: wanted.contains) }
    if kind == .merge, groups.count < 2 {
      throw Refusal(words: "mark tests of the causes that are one (space), then c merges them")
    }
    if kind == .split, groups.first?.range.count == 1, query.filter.isEmpty {
      throw Refusal(words: "this failure is a cause of its own already")
    }
    // A mark means the whole of its cause; golden changes that stand together say each another thing.
    let members = groups.flatMap { shown.tests[$0.range] }
    let all = kind == .merge ? members.sorted() : tests + members.filter { $0 != tests[0] }.sorted()
    let decision = CauseDecision(run: context.ref, kind: kind, tests: all)
    return ActionPanel(CauseAction(decision, titles: groups.map(\.title)))
  }
}

extension DecisionRequest {
  /// The reason with its ticket, as it is offered for the next decision.
  var words: String { reason + (ticket.map { " " + $0 } ?? "") }
}
