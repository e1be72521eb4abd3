import TerminalKit
import ItemQueries
import TriageActions
import TriageMessages
import TriageModel

extension ScreenModel {
  func refusal(of action: ActionDescription, _ context: AppContext) -> Refusal? {
    if let golden = TriageActions.golden(action) { return goldenRefusal(of: golden) }
    do throws(Refusal) {
      _ = try panel(for: action, context)
      return nil
    } catch {
      return error
    }
  }

  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel {
    if let golden = TriageActions.golden(action) { return goldenPanel(golden, context) }
    if TriageActions.failure(action) != nil { throw Refusal(words: "tests are chosen in Triage (1)") }
    throw Refusal(words: "causes are merged and split in Triage while it is grouped by cause (s)")
  }

  /// Why a single golden cannot be decided on, whatever the reason for it.
  private func goldenRefusal(of action: any GoldenAction) -> Refusal? {
    let subjects = goldenSubjects
    guard let change = subjects.first else { return Refusal(words: "no golden is chosen") }
    guard subjects.count == 1 else { return nil }
    return action.refusal(of: change).map { Refusal(weight: .warning, words: $0) }
  }

  /// The panel of a decision on the goldens that are chosen.
  func goldenPanel(_ action: any GoldenAction, _ context: AppContext) -> ActionPanel {
    let subjects = goldenSubjects
    let reviewed = subjects.compactMap { change in change.actualHash.map { (change.location, $0) } }
    let request = DecisionRequest(
      run: context.ref, action: type(of: action).description, places: subjects.map(\.location),
      reviewed: Dictionary(reviewed) { first, _ in first },
      displayed: Set(subjects.filter(context.pair.wasDisplayed).map(\.location)))
    return ActionPanel(
      GoldenDecision(
        action, request, offered: context.lastReason,
        unseenOutliers: unseenOutliers(among: Set(request.locations), context)))
  }
}

extension TriageScreen {
  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel {
    if let cause = TriageActions.cause(action) { return try causePanel(cause, context) }
    if TriageActions.failure(action) != nil { return try failurePanel(action, on: .tests(failureSubjects), context) }
    guard let golden = TriageActions.golden(action) else { throw Refusal(words: "\(action.title) is not known here") }
    return goldenPanel(golden, context)
  }

  /// The marked tests that are shown, else the one under the cursor, else all of the group under it.
  var failureSubjects: [TestIndex] {
    let shown = rows.arrangement
    // What a filter hides was not seen, and is not decided on.
    // Every frame asks this for its footer: without marks a million tests are not gone over.
    let marked = marks.isEmpty ? [] : shown.tests.filter(marks.contains).sorted()
    if !marked.isEmpty { return marked }
    if let selectedTest { return [selectedTest] }
    guard case .group(let index) = rows.row(at: cursor.index) else { return [] }
    return shown.tests[shown.groups[index].range].sorted()
  }

  /// The panel of a decision on the causes of the marked tests, or of the one under the cursor.
  func causePanel(_ action: any CauseAction, _ context: AppContext) throws(Refusal) -> ActionPanel {
    guard query.grouping == .cause else {
      throw Refusal(words: "causes are merged and split in Triage while it is grouped by cause (s)")
    }
    let shown = rows.arrangement
    let takesMarks = type(of: action).takesMarks
    let wanted = takesMarks ? marks : Set([selectedTest].compactMap(\.self))
    // What a filter hides was not seen, and is not decided on.
    let tests = wanted.isEmpty ? [] : shown.tests.filter(wanted.contains).sorted()
    if !takesMarks, tests.isEmpty { throw Refusal(words: "choose the test whose failure is another thing") }
    let groups = tests.isEmpty ? [] : shown.groups.filter { shown.tests[$0.range].contains(where: wanted.contains) }
    if takesMarks, groups.count < 2 {
      throw Refusal(words: "mark tests of the causes that are one (space), then c merges them")
    }
    if !takesMarks, groups.first?.range.count == 1, query.filter.isEmpty {
      throw Refusal(words: "this failure is a cause of its own already")
    }
    // A mark means the whole of its cause; golden changes that stand together say each another thing.
    let members = groups.flatMap { shown.tests[$0.range] }
    let all = takesMarks ? members.sorted() : tests + members.filter { $0 != tests[0] }.sorted()
    return ActionPanel(CausePanel(action, run: context.ref, tests: all, titles: groups.map(\.title)))
  }
}

extension DecisionRequest {
  /// The reason with its ticket, as it is offered for the next decision.
  var words: String { reason + (ticket.map { " " + $0 } ?? "") }
}
