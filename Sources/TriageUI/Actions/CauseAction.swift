import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// Merging causes, or splitting a failure from its cause.
struct CauseAction: PanelAction {
  /// What is decided.
  private(set) var decision: CauseDecision
  /// The titles of the causes that are meant.
  let titles: [String]

  private var isMerge: Bool { decision.kind == .merge }

  /// A decision whose words are still to be typed.
  init(_ decision: CauseDecision, titles: [String]) {
    self.decision = decision
    self.titles = titles
  }

  /// The first title is offered as the name of a merged cause.
  var description: ActionDescription {
    let name = ActionInput(
      "words", label: "name of the cause", offered: titles.first ?? "", problem: "the cause needs a name")
    let reason = ActionInput("words", label: "reason", problem: "a decision needs its reason")
    return ActionDescription(
      title: isMerge ? "Merge" : "Split",
      subject: isMerge ? "merge \(CountText.of(titles.count, "cause"))" : "split this failure from its cause",
      verb: isMerge ? "merges" : "splits", inputs: [isMerge ? name : reason])
  }

  var heading: String { decision.words }

  mutating func take(_ words: [String: String]) -> Effect? {
    decision.words = words["words"] ?? ""
    return nil
  }

  func preview(isLow: Bool) -> ActionPreview? {
    let what = isMerge ? "these failures would be one cause from now on" : "this failure would be a cause of its own"
    return ActionPreview(
      lines: [Line(what, .title, .bold)] + Line.list(titles, most: 8)
        + [Line("a rule is added to .assay/causes.yaml"), Line("")])
  }

  func carryOut() -> [Reaction] { [.close, .ask(.decideCauses(decision)), .unmark] }
}

/// Taking an entry of the journal back, or doing it again.
struct UndoAction: PanelAction {
  let offer: UndoOffer

  var description: ActionDescription {
    ActionDescription(
      title: offer.isRedo ? "Redo" : "Undo", verb: offer.isRedo ? "does it again" : "undoes it")
  }

  func preview(isLow: Bool) -> ActionPreview? {
    let files = CountText.of(offer.files.count, "file")
    return ActionPreview(
      lines: [
        Line(Sanitizer.line(offer.title, limit: 400), .title, .bold),
        Line(offer.isRedo ? "\(files) would be written again" : "\(files) would get the old bytes back"),
      ] + Line.list(offer.files, most: 8) + [Line("")])
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
