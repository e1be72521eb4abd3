import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The Mutes screen: what does not count, until when, and what became of it; those that want a person come first.
struct MutesScreen: TextDetail {
  /// What is known of the mutes.
  private(set) var table: MuteTable?
  /// The newest question, and the number of the decision it was asked after.
  private var asked: MutesRequest?
  private var isStale = false
  /// Which of them are shown: words of their tests, tickets, owners and states.
  var filter = ""
  /// The rows that are shown, by their indices in the table.
  private(set) var rows: [Int] = []
  var listPane = ListPane<String>()
  /// How the text is scrolled.
  var pane = TextPane()

  /// The mute under the cursor; nil when none is shown.
  var selected: MuteRecord? { row(at: cursor.index) }

  /// A shown row.
  func row(at index: Int) -> MuteRecord? {
    guard let table, rows.indices.contains(index) else { return nil }
    return table.rows[rows[index]]
  }
}

// MARK: - What it is

extension MutesScreen {
  static var screen: Screen { .mutes }
  static var title: String { "Mutes" }
  static var purpose: String { "the mutes" }

  static var ownKeys: [ScreenKey<Self>] {
    [
      ScreenKey(
        .act(ExtendMutes.description), [.character("m")], "extend the marked mutes, else this one", hint: "extend"),
      ScreenKey(.act(Unmute.description), [.character("x")], "unmute the marked, else this one", hint: "unmute"),
      ScreenKey(.open, [.enter], "the test in Triage, where its run is open", hint: "open"),
      ScreenKey(.mark, [.character(" ")], "mark or unmark, and go on"),
      ScreenKey(.markRange, [.character("V")], "mark from here; again: to here"),
      ScreenKey(.markAll, [.character("*")], "mark all shown, or none"),
      ScreenKey(.filter, [.character("/")], "filter", hint: "filter"),
      ScreenKey(.search, [.character("f")], "find without filtering"),
      ScreenKey(.wrap, [.character("w")], "wrap long lines, or cut them"),
    ]
  }

  /// Those that want a person.
  func count(_ context: AppContext) -> Int? { table.map { $0.rows.count + $0.problems.count } }

  func refusal(of action: ActionDescription, _ context: AppContext) -> Refusal? {
    guard TriageActions.failure(action).map({ type(of: $0).takesMutes }) ?? false else {
      return Refusal(words: "tests are chosen in Triage (1)")
    }
    return selected == nil ? Refusal(words: "no mute is chosen") : nil
  }

  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel {
    if let refusal = refusal(of: action, context) { throw refusal }
    let marked = (table?.rows ?? []).map(\.mute).filter { marks.contains($0.subject) }
    let mutes = marked.isEmpty ? [selected?.mute].compactMap(\.self) : marked
    return try failurePanel(action, on: .mutes(mutes), context)
  }
}

// MARK: - What it wants and takes

extension MutesScreen {
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    guard isLookedAt, isStale || asked == nil else { return [] }
    isStale = false
    let request = MutesRequest(generation: (asked?.generation ?? 0) + 1)
    asked = request
    return [.findMutes(request)]
  }

  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .mutes(let answer):
      guard answer.request == asked else { break }
      let id = selectedID
      table = answer.table
      arrange(keeping: id)
    // Whatever was decided, or read again, may have changed them.
    case .causesChanged, .judgement: isStale = true
    default: break
    }
    return []
  }
}

// MARK: - The list

extension MutesScreen {
  var rowCount: Int { rows.count }
  var selectedID: String? { selected?.mute.subject }
  var noFurtherRow: String { "no other mute wants a person" }

  func ids(at row: Int) -> [String] { self.row(at: row).map { [$0.mute.subject] } ?? [] }
  func isProblem(_ row: Int, _ context: AppContext) -> Bool { self.row(at: row)?.state.needsAttention ?? false }

  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    let search = ByteSearch(find)
    return { [self] in row(at: $0).map { search.matches(text: Self.words(of: $0)) } ?? false }
  }

  /// What a filter looks in.
  private static func words(of row: MuteRecord) -> String {
    let mute = row.mute
    return [mute.subject, mute.ticket, mute.reason, mute.owner ?? "", mute.author ?? "", row.state.rawValue]
      .joined(separator: "\n")
  }

  mutating func arrange(keeping id: String?) {
    let words = filter.split(separator: " ").map { ByteSearch(String($0)) }
    let all = table?.rows ?? []
    rows = all.indices.filter { index in words.allSatisfy { $0.matches(text: Self.words(of: all[index])) } }
    listPane.marks.formIntersection(all.map(\.mute.subject))
    let again = id.flatMap { id in rows.firstIndex { all[$0].mute.subject == id } }
    moveCursor(to: again ?? cursor.index)
  }

  mutating func selectionChanged() { pane = TextPane(wraps: pane.wraps) }

  mutating func openRow(_ context: AppContext) -> [Reaction] {
    guard case .test(let name) = selected?.mute.scope, let run = context.currentRun else {
      return [.say("a pattern is no test: / in Triage filters by it")]
    }
    return [.visit(test: name, leg: "", of: run.info.identity)]
  }
}

// MARK: - What is chosen, and where the parts lie

extension MutesScreen {
  var copySubjects: [CopySubject] { [.id, .pane] }

  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    switch subject {
    case .id:
      return selected.map { (Sanitizer.line($0.mute.scope.text, limit: .max), "test id") }
    case .pane: return copyLines(textLines(context))
    case .location, .message, .left, .right, .patch, .commit, .handover: return nil
    }
  }

  var shares: PaneLayout.Shares {
    PaneLayout.Shares(rows: max(5, min(bodyHeight - 9, max(4, rowCount + 1))))
  }

  private var bodyHeight: Int { PaneLayout.body(of: size).height }
  var listArea: Rect { panes.list.split(atRow: 1).bottom }
  var textArea: Rect { detailArea.inset(left: 1, right: 1) }
}
