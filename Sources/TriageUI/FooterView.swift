import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The last row: what is being typed, what was said, or the keys that matter here.
enum FooterView {
  static func draw(_ state: AppState, in row: Rect, on grid: inout Grid) {
    if let prompt = state.prompt {
      draw(prompt, problem: state.model.filterProblem, in: row, on: &grid)
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
    let bindings = state.keyTables.flatMap(\.bindings).filter { binding in
      taken.insert(binding.keys[0]).inserted && binding.hint != nil && isUsed(binding.action, state)
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

  /// Whether a key has something to do now, in this screen and on this row.
  private static func isUsed(_ command: Command, _ state: AppState) -> Bool {
    guard state.refusal(of: command) == nil, state.model.isHinted(command, state.context) else { return false }
    switch command {
    case .undo: return !state.context.options.isReadOnly
    case .act(let action):
      return !state.context.options.isReadOnly
        && (TriageActions.golden(action) == nil || state.model.isUndecided)
    case .jobs: return !state.context.jobs.isEmpty
    case .runMenu: return state.context.runs.runs.count > 1
    default: return true
    }
  }

  private static func columns(of binding: KeyBinding<Command>) -> Int {
    DisplayWidth.of(binding.keys[0].label) + DisplayWidth.of(binding.hint ?? "") + 3
  }
}

extension ScreenModel {
  /// Whether something is left to decide on what is chosen.
  fileprivate var isUndecided: Bool { goldenSubjects.contains { $0.state.isOpen } }
}
