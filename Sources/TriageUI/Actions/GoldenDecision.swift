import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// An action on goldens, on its way through a panel.
struct GoldenDecision: PanelAction {
  let action: any GoldenAction
  /// What is decided.
  private(set) var request: DecisionRequest
  /// The reason that is offered.
  let offered: String
  /// Goldens of it that stand out in their group and were never on the screen.
  let unseenOutliers: Int
  /// What it would do, as the runtime says.
  private(set) var prepared: DecisionPreview?

  /// More files than this want their count typed.
  private static let mostWithoutCount = 10

  init(_ action: any GoldenAction, _ request: DecisionRequest, offered: String, unseenOutliers: Int) {
    self.action = action
    self.request = request
    self.offered = offered
    self.unseenOutliers = unseenOutliers
  }

  var title: String { request.action.title }
  var verb: String { request.action.verb }
  var replacesOffered: Bool { true }

  var subject: String {
    let places = request.locations
    let what = places.count == 1 ? places[0].fileName : "\(CountText.of(places.count)) goldens"
    return "\(request.action.id) \(Sanitizer.line(what, limit: 80))"
  }

  /// The last reason is offered for the next decision.
  var inputs: [ActionInput] {
    request.action.inputs.map { input in
      var input = input
      if input.id == ActionInput.reason.id { input.offered = offered }
      return input
    }
  }

  var heading: String { request.reason }

  /// Takes the reason; a ticket behind it is taken as one.
  mutating func take(_ words: [String: String]) -> Effect? {
    let parts = Self.split(words["reason"] ?? "")
    let typed = (words["ticket"] ?? "").filter { $0 != " " }
    request.reason = parts.reason
    request.ticket = typed.isEmpty ? parts.ticket : typed
    return .prepare(request)
  }

  mutating func name(_ letter: Character) -> Effect? {
    guard let obstacle = Obstacle.allCases.first(where: { $0.letter == letter }) else { return nil }
    request.named.formSymmetricDifference([obstacle])
    return .prepare(request)
  }

  /// Takes what it would do, unless it was asked otherwise by now.
  mutating func take(_ event: Event) -> Bool {
    guard case .prepared(let preview) = event, preview.request == request else { return false }
    prepared = preview
    return true
  }

  func carryOut() -> [Reaction] { [.ask(.decide(request))] }

  func isEnded(by event: Event) -> Bool { if case .decided = event { true } else { false } }

  /// A reason and the ticket behind it: `#123`, `ABC-123`.
  static func split(_ text: String) -> (reason: String, ticket: String?) {
    let words = text.split(separator: " ")
    guard words.count > 1, let last = words.last, isTicket(last) else {
      return (words.joined(separator: " "), nil)
    }
    return (words.dropLast().joined(separator: " "), String(last))
  }

  private static func isTicket(_ word: Substring) -> Bool {
    if word.hasPrefix("#") { return word.count > 1 && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber } }
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, first.isASCII, first.isUppercase else { return false }
    return parts[0].count > 1 && parts[0].allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
      && !parts[1].isEmpty && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
  }
}

// MARK: - What it would do

extension GoldenDecision {
  func preview(isLow: Bool) -> ActionPreview? {
    guard let prepared else { return nil }
    let count = type(of: action).changesGoldens ? prepared.files.count : prepared.locations.count
    return ActionPreview(
      lines: lines(prepared, isLow: isLow), refusal: prepared.refusal, isEmpty: prepared.locations.isEmpty,
      choices: choices(prepared), count: count > Self.mostWithoutCount ? count : nil)
  }

  /// What is held back until it is named, or was named, with the letters that name it.
  private func choices(_ preview: DecisionPreview) -> [ActionPreview.Choice] {
    Obstacle.allCases.compactMap { obstacle in
      guard let letter = obstacle.letter else { return nil }
      let isNamed = preview.request.named.contains(obstacle)
      guard isNamed || preview.held.contains(where: { $0.obstacle == obstacle }) else { return nil }
      return ActionPreview.Choice(letter: letter, title: obstacle.title, isNamed: isNamed)
    }
  }

  /// What it would do and what is left out; a low screen has no room for names.
  private func lines(_ preview: DecisionPreview, isLow: Bool) -> [Line] {
    var lines = [headline(preview)]
    if preview.neverDisplayed > 0 {
      let count = CountText.of(preview.neverDisplayed)
      lines.append(
        Line("\(count) of \(CountText.of(preview.locations.count)) were never on the screen", .warning, .bold))
    }
    if unseenOutliers > 0 {
      let count = CountText.of(unseenOutliers)
      lines.append(Line("\(count) of these stand out in their group, and were not looked at", .danger, .bold))
    }
    lines += isLow ? heldInOneLine(preview) : held(preview)
    lines += preview.warnings.prefix(5).map { Line("! " + Sanitizer.line($0, limit: 400), .warning) }
    if let ticket = preview.request.ticket { lines.append(Line("ticket \(Sanitizer.line(ticket, limit: 80))", .dim)) }
    return isLow ? lines : lines + files(preview) + [Line("")]
  }

  private func headline(_ preview: DecisionPreview) -> Line {
    if preview.locations.isEmpty { return Line("Nothing would be done.", .warning, .bold) }
    return Line(action.headline(goldens: preview.locations.count, files: preview.files.count), .title, .bold)
  }

  /// The files, as many as tell what they are.
  private func files(_ preview: DecisionPreview) -> [Line] {
    Line.list(preview.files, most: preview.files.count > 12 ? 3 : 12)
  }

  /// What is left out, by its reason.
  private func held(_ preview: DecisionPreview) -> [Line] {
    var lines: [Line] = []
    for obstacle in Obstacle.allCases {
      let held = preview.held.filter { $0.obstacle == obstacle }
      guard let first = held.first else { continue }
      lines.append(Line("left out: \(CountText.of(held.count)) \(obstacle.title)", .warning))
      let detail = held.count == 1 ? "\(first.location.description): \(first.reason)" : first.reason
      lines.append(Line("  " + Sanitizer.line(detail, limit: 300), .dim))
    }
    return lines
  }

  private func heldInOneLine(_ preview: DecisionPreview) -> [Line] {
    let counts = Obstacle.allCases.compactMap { obstacle -> String? in
      let count = preview.held.count { $0.obstacle == obstacle }
      return count > 0 ? "\(CountText.of(count)) \(obstacle.rawValue)" : nil
    }
    return counts.isEmpty ? [] : [Line("left out: " + counts.joined(separator: ", "), .warning)]
  }
}

extension Obstacle {
  /// The letter that names it in the confirmation; nil for what never yields.
  var letter: Character? {
    switch self {
    case .partial, .stale, .nonDeterministic, .place, .bytes, .done: nil
    case .nanBorn: "n"
    case .shape: "h"
    case .secrets: "s"
    }
  }

  /// How people read it.
  var title: String {
    switch self {
    case .partial: "not wholly recovered"
    case .stale: "stale: the golden changed since the run"
    case .nonDeterministic: "non-deterministic"
    case .place: "not a place that may be written"
    case .bytes: "not the bytes that were reviewed"
    case .done: "decided already"
    case .nanBorn: "numbers became NaN"
    case .shape: "shape or type changed"
    case .secrets: "added lines look like secrets"
    }
  }
}
