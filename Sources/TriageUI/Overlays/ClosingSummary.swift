import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// What stands at the end of a decision on many goldens: what was done, what is left, and what to do next.
struct ClosingSummary: Overlay {
  /// What became of the decision.
  var outcome: DecisionOutcome
  /// Goldens of the run that wait for a person still.
  var left: Int
  /// The command that runs the tests of these goldens again; nil where their names do not tell the tool.
  var command: String?

  /// The end of a decision, of the golden changes that were known when it was made.
  init(_ outcome: DecisionOutcome, among changes: [GoldenChange]) {
    self.outcome = outcome
    let done = Set(outcome.done)
    left = changes.count { $0.state.isOpen && !done.contains($0.location) }
    var tests: [String] = []
    for change in changes where done.contains(change.location) && !change.test.isEmpty && !tests.contains(change.test) {
      tests.append(change.test)
    }
    command = RerunCommand.of(tests.map { Sanitizer.line($0, limit: .max) })
  }

  /// `approved 12 goldens, 3 left out · 2 to decide`.
  var sentence: String {
    let verb = outcome.request.action.past
    let held = outcome.held.isEmpty ? "" : ", \(CountText.of(outcome.held.count)) left out"
    return "\(verb) \(CountText.of(outcome.done.count, "golden"))\(held) · \(remainder)"
  }

  private var remainder: String { left == 0 ? "none left to decide" : "\(CountText.of(left)) left to decide" }

  /// The command that shows what was written; nil when nothing was.
  private var difference: String? {
    guard let action = TriageActions.golden(outcome.request.action), type(of: action).changesGoldens else { return nil }
    let files = outcome.done.map { Sanitizer.line($0.path, limit: .max) }
    return files.count > 3 ? "git diff --stat" : "git diff -- " + files.map(RerunCommand.quoted).joined(separator: " ")
  }

  /// The lines of the box.
  var lines: [Line] {
    var lines = [Line(sentence, .title, .bold)]
    for obstacle in HeldCount.of(outcome.held) { lines.append(Line("  left out: " + obstacle, .warning)) }
    lines += outcome.warnings.prefix(3).map { Line("! " + Sanitizer.line($0, limit: 400), .warning) }
    lines.append(Line())
    if let command { lines.append(Line("run", label: 9, Span(command))) }
    if let difference { lines.append(Line("see", label: 9, Span(difference))) }
    lines.append(Line("undo", label: 9, Span("u takes all of it back")))
    lines.append(Line())
    let copy = command == nil ? [] : [Span("y", .key, .bold), Span(" copies the command   ", .text)]
    lines.append(Line(copy + [Span("esc", .key, .bold), Span(" goes on", .text)]))
    return lines
  }

  /// The command is copied by `y`, `u` takes all back, and anything else goes on.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    if key == .character("y"), let command { return [.close, .ask(.copy(text: command, what: "command"))] }
    return key == .character("u") ? [.close, .perform(.undo)] : [.close]
  }

  func draw(_ context: AppContext, on grid: inout Grid) {
    let past = outcome.request.action.past
    Panel.draw(title: past.prefix(1).uppercased() + past.dropFirst(), lines, on: &grid)
  }

  /// What was left out, by its reason.
  private enum HeldCount {
    static func of(_ held: [DecisionPreview.Held]) -> [String] {
      Obstacle.allCases.compactMap { obstacle in
        let count = held.count { $0.obstacle == obstacle }
        return count > 0 ? "\(CountText.of(count)) \(obstacle.title)" : nil
      }
    }
  }
}
