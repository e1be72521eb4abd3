import TerminalKit
import TriageActions
import TriageMessages

/// A decision on its way: its reason is typed, what it would do is shown, and `y` decides.
struct DecisionState: Overlay {
  /// How far it is.
  enum Stage: Equatable, Sendable {
    /// The reason is being typed.
    case reason
    /// What it would do is being worked out.
    case preparing
    /// What it would do is shown.
    case confirm(DecisionPreview)
    /// It is being carried out.
    case working
  }

  /// What is decided.
  var request: DecisionRequest
  /// How far it is.
  var stage = Stage.reason
  /// Why.
  var reason: LineEditor
  /// Whether the reason is the last decision's, still untouched: what is typed then takes its place.
  private(set) var isReasonOffered: Bool
  /// The ticket, in a field of its own.
  var ticket = LineEditor()
  /// Whether the ticket is being typed.
  var isOnTicket = false
  /// The count that more than ten files ask for.
  var count = LineEditor()
  /// Goldens of it that stand out in their group and were never on the screen.
  var unseenOutliers = 0
  /// What is wrong with what was typed.
  var problem: String?

  /// More files than this want their count typed.
  static let mostWithoutCount = 10

  /// A decision whose reason is still to be typed; the last one is offered.
  init(_ request: DecisionRequest, offered: String) {
    self.request = request
    reason = LineEditor(offered)
    isReasonOffered = !offered.isEmpty
  }

  /// Does what a key means; only `y`, on what is shown, decides.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    if key == .escape || key == .control("c") { return [.close] }
    switch stage {
    case .reason: return typeReason(key)
    case .preparing, .working: return []
    case .confirm(let preview): return confirm(key, preview)
    }
  }

  /// Pasted text is a reason or a ticket, never a decision.
  mutating func paste(_ text: String) -> Bool {
    guard stage == .reason else { return true }
    if isOnTicket {
      ticket.insert(text)
    } else {
      replaceOffered()
      reason.insert(text)
    }
    return true
  }

  /// Takes what it would do, unless it was asked otherwise by now; goes away when it is done.
  mutating func take(_ event: Event) -> [Reaction] {
    if case .prepared(let preview) = event, stage == .preparing, preview.request == request {
      count = LineEditor()
      stage = .confirm(preview)
    }
    if case .decided = event, stage == .working { return [.close] }
    return []
  }

  func draw(_ context: AppContext, on grid: inout Grid) { DecisionView.draw(self, on: &grid) }

  private mutating func typeReason(_ key: Key) -> [Reaction] {
    problem = nil
    switch key {
    case .tab, .backTab: isOnTicket.toggle()
    case .enter: return end()
    default: edit(key)
    }
    return []
  }

  private mutating func edit(_ key: Key) {
    if isOnTicket {
      _ = ticket.handle(key)
      return
    }
    if case .character = key { replaceOffered() }
    isReasonOffered = false
    _ = reason.handle(key)
  }

  /// Two decisions' reasons run together would be neither's.
  private mutating func replaceOffered() {
    if isReasonOffered { reason = LineEditor() }
    isReasonOffered = false
  }

  /// Ends the reason; a ticket behind it is taken as one.
  private mutating func end() -> [Reaction] {
    let parts = Self.split(reason.text)
    guard !parts.reason.isEmpty else {
      problem = "a decision needs its reason"
      isOnTicket = false
      return []
    }
    let typed = ticket.text.filter { $0 != " " }
    request.reason = parts.reason
    request.ticket = typed.isEmpty ? parts.ticket : typed
    return prepare()
  }

  private mutating func prepare() -> [Reaction] {
    stage = .preparing
    return [.ask(.prepare(request))]
  }

  private mutating func confirm(_ key: Key, _ preview: DecisionPreview) -> [Reaction] {
    problem = nil
    guard preview.refusal == nil else { return [] }
    switch key {
    case .character("y"): return decide(preview)
    case .character(let letter):
      if let obstacle = Self.nameable(preview).first(where: { $0.letter == letter })?.obstacle {
        if request.named.remove(obstacle) == nil { request.named.insert(obstacle) }
        return prepare()
      }
      if letter.isASCII, letter.isNumber { _ = count.handle(key) }
    case .backspace: _ = count.handle(key)
    default: break
    }
    return []
  }

  private mutating func decide(_ preview: DecisionPreview) -> [Reaction] {
    guard !preview.places.isEmpty else {
      problem = "nothing is left to decide"
      return []
    }
    if let wanted = Self.countWanted(preview), count.text != String(wanted) {
      problem = "type the count, \(wanted), before y"
      return []
    }
    stage = .working
    return [.ask(.decide(request))]
  }

  /// The count that has to be typed; nil for few files.
  static func countWanted(_ preview: DecisionPreview) -> Int? {
    let count = preview.request.kind == .approve ? preview.files.count : preview.places.count
    return count > mostWithoutCount ? count : nil
  }

  /// What is held back until it is named, or was named, with the letters that name it.
  static func nameable(_ preview: DecisionPreview) -> [(obstacle: Obstacle, letter: Character)] {
    Obstacle.allCases.compactMap { obstacle in
      guard let letter = obstacle.letter else { return nil }
      let isMet = preview.held.contains { $0.obstacle == obstacle } || preview.request.named.contains(obstacle)
      return isMet ? (obstacle, letter) : nil
    }
  }

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
