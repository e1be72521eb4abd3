import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The Health screen: the service-level figures against their targets, those that want a person first.
struct HealthScreen: TextDetail {
  /// The figures; nil until they were counted.
  private(set) var report: HealthReport?
  /// The figures as they are listed.
  private(set) var rows: [HealthFigure] = []
  /// The newest question.
  private var asked: HealthRequest?
  private var isStale = false
  var filter = ""
  var listPane = ListPane<String>()
  /// How the text is scrolled.
  var pane = TextPane()

  /// The figure under the cursor; nil when none is listed.
  var selected: HealthFigure? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }
  /// Whether an answer is still to come.
  var isLooking: Bool { asked != nil && (report == nil || report?.window != asked?.window) }
}

// MARK: - What it is

extension HealthScreen {
  static var screen: Screen { .health }
  static var title: String { "Health" }
  static var purpose: String { "the service-level figures" }

  static var ownKeys: [ScreenKey<Self>] {
    [
      ScreenKey(.open, [.enter], "what the figure is made of, in its screen", hint: "open"),
      ScreenKey(.window, [.character("W")], "time window: 7, 30, 90, 180 days, all runs", hint: "window"),
      ScreenKey(.filter, [.character("/")], "filter", hint: "filter"),
      ScreenKey(.search, [.character("f")], "find without filtering"),
      ScreenKey(.wrap, [.character("w")], "wrap long lines, or cut them"),
    ]
  }

  /// The figures that miss their target.
  func count(_ context: AppContext) -> Int? { report?.count(.missed) }

  func refusal(of command: ScreenCommand, _ context: AppContext) -> String? {
    switch command {
    case .open: selected == nil ? "no figure is chosen" : nil
    case .mark, .markRange, .markAll: "figures are not marked: there is nothing to decide on them"
    default: nil
    }
  }

  func refusal(of action: ActionDescription, _ context: AppContext) -> Refusal? {
    Refusal(words: "tests are chosen in Triage (1): enter leads to what a figure is made of")
  }

  func panel(for action: ActionDescription, _ context: AppContext) throws(Refusal) -> ActionPanel {
    throw refusal(of: action, context) ?? Refusal(words: "nothing to decide here")
  }
}

// MARK: - What it wants and takes

extension HealthScreen {
  /// The figures cost a look at the whole window: they are counted when somebody looks.
  mutating func wants(_ context: AppContext, isLookedAt: Bool) -> [Effect] {
    guard isLookedAt else { return [] }
    var request = HealthRequest(generation: asked?.generation ?? 0, window: context.window, run: context.ref)
    guard isStale || request != asked else { return [] }
    isStale = false
    request.generation += 1
    asked = request
    return [.findHealth(request)]
  }

  mutating func take(_ event: Event, _ context: AppContext) -> [Reaction] {
    switch event {
    case .health(let answer):
      guard answer.request == asked else { break }
      let id = selectedID
      report = answer.report
      arrange(keeping: id)
    // The runs are in the history now, or something was decided.
    case .causesChanged, .judgement, .decided: isStale = true
    default: break
    }
    return []
  }
}

// MARK: - The list

extension HealthScreen {
  var rowCount: Int { rows.count }
  var selectedID: String? { selected?.id }
  var noFurtherRow: String { "no other figure misses its target" }

  func ids(at row: Int) -> [String] { rows.indices.contains(row) ? [rows[row].id] : [] }
  var markable: [String] { [] }

  func isProblem(_ row: Int, _ context: AppContext) -> Bool {
    rows.indices.contains(row) && rows[row].state != .met && rows[row].state != .untargeted
  }

  func matcher(_ find: String, _ context: AppContext) -> ((Int) -> Bool)? {
    let search = ByteSearch(find)
    return { [self] row in rows.indices.contains(row) && Self.holds(rows[row], search) }
  }

  private static func holds(_ figure: HealthFigure, _ search: ByteSearch) -> Bool {
    [figure.id, figure.kind.title, figure.state.word].contains { search.matches(text: $0) }
  }

  mutating func arrange(keeping id: String?) {
    let search = ByteSearch(filter)
    rows = (report?.worstFirst ?? []).filter { filter.isEmpty || Self.holds($0, search) }
    moveCursor(to: id.flatMap { id in rows.firstIndex { $0.id == id } } ?? cursor.index)
  }

  mutating func selectionChanged() { pane = TextPane(wraps: pane.wraps) }

  /// Goes to the screen that shows what the figure is made of.
  mutating func openRow(_ context: AppContext) -> [Reaction] {
    guard let selected else { return [] }
    if case .unknown(let why) = selected.number, selected.parts.isEmpty {
      return [.say("there is nothing to show: " + Sanitizer.line(why, limit: 400))]
    }
    return [.go(selected.kind.place, filter: selected.kind.filter)]
  }

  /// Goes to the part that the text's cursor is on.
  mutating func openDetail(_ context: AppContext) -> [Reaction] {
    let text = HealthPane(self).text
    guard let selected, let place = text.parts.firstIndex(of: pane.line) else {
      return [.say("enter opens the lines of what it is made of; in the list it goes to their screen")]
    }
    switch selected.parts[place].reference {
    case .run(let identity): return [.look(identity)]
    case .test(let name, let identity):
      guard let identity = identity ?? report?.newest?.identity else { return [.say("no run of it is known")] }
      return [.visit(test: name, leg: "", of: identity)]
    case .golden: return [.go(.goldens, filter: "")]
    case .source(let location): return [.ask(.edit(location))]
    case .nowhere: return [.say("it leads nowhere")]
    }
  }
}

// MARK: - What is chosen, and where the parts lie

extension HealthScreen {
  func textLines(_ context: AppContext) -> [Line] { HealthPane(self).text.lines }

  var copySubjects: [CopySubject] { [.pane] }

  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    subject == .pane ? copyLines(textLines(context)) : nil
  }

  /// The line of a source that the text's cursor is on.
  func location(_ context: AppContext) -> SourceLocation? {
    guard focus == .detail, let selected, let place = HealthPane(self).text.parts.firstIndex(of: pane.line),
      case .source(let location) = selected.parts[place].reference
    else { return nil }
    return location
  }

  var shares: PaneLayout.Shares {
    PaneLayout.Shares(sideBySideWidth: 110, columns: max(52, size.width * 2 / 5), rows: stackedRows)
  }

  /// Rows of the list above the text: on a low screen the text gets more of them.
  private var stackedRows: Int {
    let body = PaneLayout.body(of: size).height
    return max(4, min(rowCount + 1, body < 16 ? body / 3 : body * 9 / 20))
  }

  /// The figures, below the heads of the columns.
  var listArea: Rect { panes.list.split(atRow: 1).bottom }
  var textArea: Rect { detailArea.inset(left: 1, right: 1) }
}
