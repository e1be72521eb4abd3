import Goldens
import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

/// The last row: what is being typed, what was said, or the keys that matter here.
enum FooterView {
  static func draw(_ state: AppState, in row: Rect, on grid: inout Grid) {
    if let prompt = state.prompt {
      draw(prompt, problem: state.filterProblem, in: row, on: &grid)
      return
    }
    grid.fill(row, Style(.status, on: .status))
    if let notice = state.notice {
      let role: Role =
        switch notice.weight {
        case .info: .info
        case .warning: .warning
        case .failure: .danger
        }
      grid.write(" " + Sanitizer.line(notice.text, limit: 1000), Style(role, on: .status, .bold), in: row)
      return
    }
    grid.write(hints(state, width: row.width), in: row)
  }

  private static func draw(_ prompt: Prompt, problem: String?, in row: Rect, on grid: inout Grid) {
    let label =
      switch prompt.purpose {
      case .filter: " filter: "
      case .findInList: " find: "
      case .searchText: " search: "
      }
    guard prompt.purpose == .filter, let problem else {
      prompt.editor.draw(label: label, in: row, on: &grid)
      return
    }
    let note = Line([Span("  " + Sanitizer.line(problem, limit: 200) + " ", Style(.warning, on: .prompt))])
    let noteWidth = min(note.width, row.width / 2)
    prompt.editor.draw(label: label, in: row.inset(right: noteWidth), on: &grid)
    grid.fill(row.inset(left: row.width - noteWidth), Style(.warning, on: .prompt))
    grid.write(note, in: row.inset(left: row.width - noteWidth))
  }

  /// The hints of the key tables, as many as fit; help and quit always do.
  private static func hints(_ state: AppState, width: Int) -> Line {
    // A key that a nearer table has means that.
    var taken: Set<Key> = []
    let bindings = Keys.tables(for: state.keyContext).flatMap(\.bindings).filter { binding in
      taken.insert(binding.keys[0]).inserted && binding.hint != nil && !isIdle(binding.action, state)
    }
    let kept = bindings.filter { $0.action == .help || $0.action == .quit }
    var left = width - 1 - kept.reduce(0) { $0 + columns(of: $1) }
    var line = Line([Span(" ", Style(.status, on: .status))])
    for binding in bindings {
      let isKept = binding.action == .help || binding.action == .quit
      if !isKept {
        guard columns(of: binding) <= left else { continue }
        left -= columns(of: binding)
      }
      line.spans.append(Span(binding.keys[0].label, Style(.key, on: .status, .bold)))
      line.spans.append(Span(" " + (binding.hint ?? "") + "  ", Style(.status, on: .status)))
    }
    return line
  }

  /// Whether a key has nothing to do now, in this screen and on this row.
  private static func isIdle(_ command: Command, _ state: AppState) -> Bool {
    switch command {
    case .decide: return state.options.isReadOnly || state.isDecided
    case .undo, .decideCauses: return state.options.isReadOnly || state.screen == .runs
    case .whatIf: return (state.pair.comparison?.numbers?.count ?? 0) == 0
    case .runMenu: return state.screen == .runs || state.runs.runs.count < 2
    case .edit: return state.screen != .flakes && !state.hasSource
    case .here(.nextTab): return state.screen == .goldens || state.screen == .runs || state.isOnGroup
    case .here(.open): return state.leadsNowhere
    case .here(.nextProblem): return state.screen == .flakes && state.flakes.rows.isEmpty
    default: return false
    }
  }

  private static func columns(of binding: KeyBinding<Command>) -> Int {
    DisplayWidth.of(binding.keys[0].label) + DisplayWidth.of(binding.hint ?? "") + 3
  }
}

extension AppState {
  /// Whether the editor has a place to open.
  fileprivate var hasSource: Bool {
    guard screen != .runs, let run = currentRun else { return false }
    return currentGolden != nil || triage.sourceUnderCursor(in: run) != nil
  }

  /// Whether nothing is left to decide on the golden that is chosen.
  fileprivate var isDecided: Bool { goldens.marks.isEmpty && currentGolden.map { !$0.state.isOpen } ?? false }

  /// Whether the keys go to a list of tests that stands on no test.
  fileprivate var isOnGroup: Bool { screen == .triage && triage.selectedTest == nil }

  /// Whether nothing is to be opened here: the list is empty, or the line of the text leads nowhere.
  fileprivate var leadsNowhere: Bool {
    switch screen {
    case .triage:
      if isOnPair { return false }
      return triage.focus == .list ? triage.rows.count == 0 : triage.document?.links[triage.pane.line] == nil
    case .goldens: return goldens.rows.count == 0
    case .flakes: return flakes.rows.isEmpty
    case .runs: return runsScreen.shown.isEmpty
    }
  }
}
