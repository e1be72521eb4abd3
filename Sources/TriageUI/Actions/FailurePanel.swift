import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// An action on failing tests, or on their mutes, on its way through a panel.
struct FailurePanel: PanelAction {
  /// What is done, and on what.
  private(set) var request: ActionRequest
  /// What is offered in its lines, by the ids of the inputs.
  let offered: [String: String]
  /// What it would do, as the runtime says.
  private(set) var answer: ActionAnswer?
  /// Options that can be chosen here.
  let letters: [Character]

  init(_ request: ActionRequest, offered: [String: String] = [:]) {
    self.request = request
    self.offered = offered
    letters = request.action.options.compactMap(\.letter)
  }

  var title: String { request.action.title }
  var verb: String { request.action.verb }
  var replacesOffered: Bool { true }
  var heading: String { request.inputs["reason"] ?? "" }

  var subject: String {
    let what: String
    switch request.subjects {
    case .mutes(let mutes) where mutes.count == 1: what = mutes[0].scope.text
    case .names(let names) where names.count == 1: what = names[0]
    case .mutes: what = CountText.of(request.subjects.count, "mute")
    case .tests, .names: what = CountText.of(request.subjects.count, "test")
    }
    return "\(request.action.id) \(Sanitizer.line(what, limit: 80))"
  }

  var inputs: [ActionInput] {
    request.action.inputs.map { input in
      var input = input
      input.offered = request.inputs[input.id] ?? offered[input.id] ?? input.offered
      return input
    }
  }

  mutating func take(_ words: [String: String]) -> Effect? {
    request.inputs = words.filter { !$0.value.isEmpty }
    return .prepareAction(request)
  }

  mutating func name(_ letter: Character) -> Effect? {
    guard let option = request.action.options.first(where: { $0.letter == letter }) else { return nil }
    request.options.formSymmetricDifference([option.id])
    return .prepareAction(request)
  }

  /// Takes what it would do, unless it was asked otherwise by now.
  mutating func take(_ event: Event) -> Bool {
    guard case .preparedAction(let answer) = event, answer.request == request else { return false }
    self.answer = answer
    return true
  }

  func preview(isLow: Bool) -> ActionPreview? {
    guard let answer else { return nil }
    return ActionPreview(lines: lines(answer, isLow: isLow), refusal: answer.refusal, choices: choices)
  }

  private var choices: [ActionPreview.Choice] {
    request.action.options.compactMap { option in
      option.letter.map {
        ActionPreview.Choice(
          letter: $0, title: option.help, isNamed: request.options.contains(option.id), isOption: true)
      }
    }
  }

  private func lines(_ answer: ActionAnswer, isLow: Bool) -> [Line] {
    var lines = [Line(Sanitizer.line(answer.headline, limit: 400), .title, .bold)]
    if let hindsight = answer.hindsight { lines.append(Line(Sanitizer.line(hindsight, limit: 1000), .warning)) }
    lines += answer.warnings.prefix(isLow ? 2 : 5).map { Line("! " + Sanitizer.line($0, limit: 400), .warning) }
    let most = isLow ? 2 : 12
    lines += answer.patch.prefix(most).map { line in
      Line(
        Sanitizer.line(line, limit: 600), line.hasPrefix("+") ? .plus : line.hasPrefix("$") ? .text : .minus)
    }
    if answer.patch.count > most {
      lines.append(Line("  and \(CountText.of(answer.patch.count - most)) more lines", .dim))
    }
    return isLow ? lines : lines + [Line("")]
  }

  func carryOut() -> [Reaction] { [.close, .ask(.carryOut(request)), .unmark] }
}

extension ScreenModel {
  /// The panel of an action on tests.
  func failurePanel(
    _ action: ActionDescription, on subjects: ActionSubjects, _ context: AppContext
  ) throws(Refusal) -> ActionPanel {
    guard subjects.count > 0 else { throw Refusal(words: "no test is chosen") }
    var offered: [String: String] = [:]
    if action.asks(for: "reason") { offered["reason"] = context.lastReason }
    return ActionPanel(
      FailurePanel(ActionRequest(run: context.ref, action: action, subjects: subjects), offered: offered))
  }
}
