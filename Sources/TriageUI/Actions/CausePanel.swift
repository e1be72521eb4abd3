import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// An action on causes, on its way through a panel.
struct CausePanel: PanelAction {
  let action: any CauseAction
  /// What is decided.
  private(set) var decision: CauseDecision
  /// The titles of the causes that are meant.
  let titles: [String]

  /// A decision whose words are still to be typed.
  init(_ action: any CauseAction, run: RunRef, tests: [TestIndex], titles: [String]) {
    self.action = action
    decision = CauseDecision(run: run, action: type(of: action).description, tests: tests)
    self.titles = titles
  }

  var title: String { decision.action.title }
  var subject: String { action.subject(causes: titles.count) }
  var verb: String { decision.action.verb }
  var heading: String { decision.words }

  /// The first title is offered as the name of the causes together.
  var inputs: [ActionInput] {
    var inputs = decision.action.inputs
    if type(of: action).takesMarks { inputs[0].offered = titles.first ?? "" }
    return inputs
  }

  mutating func take(_ words: [String: String]) -> Effect? {
    decision.words = words["words"] ?? ""
    return nil
  }

  func preview(isLow: Bool) -> ActionPreview? {
    ActionPreview(
      lines: [Line(action.headline, .title, .bold)] + Line.list(titles, most: 8)
        + [Line("a rule is added to .assay/causes.yaml"), Line("")])
  }

  func carryOut() -> [Reaction] { [.close, .ask(.decideCauses(decision)), .unmark] }
}

/// Taking an entry of the journal back, or doing it again.
struct UndoAction: PanelAction {
  let offer: UndoOffer

  var title: String { offer.isRedo ? "Redo" : "Undo" }
  var verb: String { offer.isRedo ? "does it again" : "undoes it" }

  func preview(isLow: Bool) -> ActionPreview? {
    let files = CountText.of(offer.files.count, "file")
    var lines = [Line(Sanitizer.line(offer.title, limit: 400), .title, .bold)]
    if !offer.files.isEmpty {
      lines.append(Line(offer.isRedo ? "\(files) would be written again" : "\(files) would get the old bytes back"))
    }
    lines += Line.list(offer.files, most: 8)
    lines += offer.remarks.map { Line(Sanitizer.line($0, limit: 400), .warning) }
    if let ledger = offer.ledger { lines.append(Line("\(ledger) would say so: a line is added", .dim)) }
    return ActionPreview(lines: lines + [Line("")])
  }

  func carryOut() -> [Reaction] { [.close, .ask(.undo(offer))] }
}

extension Line {
  /// Names below one another, as many as tell what they are; the others are counted.
  static func list(_ names: [String], most: Int) -> [Line] {
    let lines = names.prefix(most).map { Line("  " + Sanitizer.line($0, limit: 200), .dim) }
    return names.count > most ? lines + [Line("  and \(CountText.of(names.count - most)) more", .dim)] : lines
  }
}
