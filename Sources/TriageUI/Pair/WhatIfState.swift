import Goldens
import TerminalKit
import TriageMessages
import TriageModel

/// A tolerance that is tried on the comparison that is looked at; it accepts nothing.
struct WhatIfState: Overlay {
  /// The three parts of a tolerance.
  enum Part: Int, Sendable, CaseIterable {
    case relative
    case absolute
    case ulps
  }

  /// The comparison.
  let comparison: ComparisonRequest
  /// Differences with no tolerance at all.
  let total: Int
  /// The part that keys move.
  var part = Part.relative
  /// Each part's place on its scale; 0 is off.
  var steps = [0, 0, 0]
  /// The newest question, and the newest answer.
  var generation = 0
  /// What is left under the newest tolerance that was answered.
  var remaining: Int?

  /// The tolerances that would accept all.
  private let smallest: (relative: Double?, absolute: Double?)

  /// A panel on the comparison that is looked at; nil where no tolerance matters.
  init?(_ pair: PairState) {
    guard let comparison = pair.comparison, let wanted = pair.wanted, let numbers = comparison.numbers else {
      return nil
    }
    self.comparison = wanted
    total = numbers.count + comparison.intolerable
    smallest = (comparison.summary.smallestRelative, comparison.summary.smallestAbsolute)
  }

  /// The tolerance that is tried.
  var tolerance: Tolerance {
    Tolerance(
      relative: Self.value(steps[0]), absolute: Self.value(steps[1]), ulps: Self.count(steps[2]))
  }

  /// Steps of 1, 2 and 5 from 1e-16 to 1e3.
  private static let last = 58
  private static let lastCount = 28

  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    switch key {
    case .escape, .control("c"), .character("T"), .character("q"): return [.close]
    case .down, .character("j"), .tab: part = Part(rawValue: (part.rawValue + 1) % 3) ?? .relative
    case .up, .character("k"), .backTab: part = Part(rawValue: (part.rawValue + 2) % 3) ?? .relative
    case .right, .character("l"): return move(1)
    case .left, .character("h"): return move(-1)
    case .pageUp, .character("L"): return move(3)
    case .pageDown, .character("H"): return move(-3)
    case .character("0"): return set(0)
    case .character("="): return set(passing ?? steps[part.rawValue])
    default: break
    }
    return []
  }

  private mutating func move(_ distance: Int) -> [Reaction] {
    let here = steps[part.rawValue]
    // From nothing, the first step leads to where something happens.
    let start = here == 0 && distance > 0 ? max(0, (passing ?? (part == .ulps ? 1 : 22)) - 6) : here
    return set(start + distance)
  }

  private mutating func set(_ step: Int) -> [Reaction] {
    steps[part.rawValue] = max(0, min(step, part == .ulps ? Self.lastCount : Self.last))
    generation += 1
    return [.ask(.whatIf(WhatIfRequest(generation: generation, comparison: comparison, tolerance: tolerance)))]
  }

  /// The first step that accepts everything by this part alone.
  private var passing: Int? {
    let wanted = part == .relative ? smallest.relative : part == .absolute ? smallest.absolute : nil
    return wanted.flatMap { wanted in (0...Self.last).first { Self.value($0) >= wanted } }
  }

  /// Takes an answer, unless a newer question was asked.
  mutating func take(_ event: Event) -> [Reaction] {
    if case .whatIf(let answer) = event, answer.request.generation == generation,
      answer.request.comparison == comparison
    {
      remaining = answer.remaining
    }
    return []
  }

  /// How a part's value is written: `off`, `2e-7`, `50`.
  func text(of part: Part) -> String {
    let step = steps[part.rawValue]
    if step == 0 { return "off" }
    if part == .ulps { return "\(Self.count(step))" }
    let (digit, exponent) = Self.digits(step)
    return "\(digit)e\(exponent)"
  }

  private static func digits(_ step: Int) -> (digit: Int, exponent: Int) {
    ([1, 2, 5][(step - 1) % 3], (step - 1) / 3 - 16)
  }

  private static func value(_ step: Int) -> Double {
    guard step > 0 else { return 0 }
    let (digit, exponent) = digits(step)
    return Double("\(digit)e\(exponent)") ?? 0
  }

  private static func count(_ step: Int) -> Int {
    guard step > 0 else { return 0 }
    var count = [1, 2, 5][(step - 1) % 3]
    for _ in 0..<(step - 1) / 3 { count *= 10 }
    return count
  }
}

// MARK: - How it is drawn

extension WhatIfState {
  func draw(_ context: AppContext, on grid: inout Grid) {
    let summary = context.pair.comparison?.summary
    let names: [Part: String] = [.relative: "rtol", .absolute: "atol", .ulps: "ULP "]
    var lines = [remainingLine, Line("")]
    for other in Part.allCases {
      let isChosen = other == part
      lines.append(
        Line([
          Span(isChosen ? "> " : "  ", .titleFocus, .bold),
          Span("\(names[other] ?? "")  ", isChosen ? .title : .dim, isChosen ? .bold : []),
          Span(isChosen ? "‹ \(text(of: other)) ›" : "  \(text(of: other))", isChosen ? .text : .dim),
        ]))
    }
    lines.append(Line(""))
    if let summary { lines.append(smallest(summary)) }
    lines.append(
      Line([
        Span("h l", .key, .bold), Span(" 1-2-5  ", .dim), Span("H L", .key, .bold), Span(" ×10  ", .dim),
        Span("j k", .key, .bold), Span(" which  ", .dim), Span("0", .key, .bold), Span(" off  ", .dim),
        Span("=", .key, .bold), Span(" smallest  ", .dim), Span("esc", .key, .bold), Span(" leaves", .dim),
      ]))
    let chosen = Part.allCases.firstIndex(of: part).map { $0 + 2 }
    Panel.draw(title: "What if the tolerance were …", lines, focus: chosen, on: &grid)
  }

  private var remainingLine: Line {
    let all = CountText.of(total)
    let left = tolerance.isExact ? total : remaining
    guard let left else { return Line("counting what is left of \(all)…", .dim) }
    let text = "\(CountText.of(left)) of \(all) differences remain"
    return Line(text, left == 0 ? .pass : .title, .bold)
  }

  private func smallest(_ summary: ChangeSummary) -> Line {
    var parts: [String] = []
    if let relative = summary.smallestRelative { parts.append("rtol \(FigureText.notBelow(relative))") }
    if let absolute = summary.smallestAbsolute { parts.append("atol \(FigureText.notBelow(absolute))") }
    if parts.isEmpty { return Line("no tolerance accepts all of it", .warning) }
    return Line("all of it passes from " + parts.joined(separator: ", or ") + " on", .dim)
  }
}

extension PairState {
  /// Why no tolerance can be tried on a golden; nil when one can.
  func whatIfRefusal(of golden: GoldenChange?) -> String? {
    let hasNumbers = (comparison?.numbers?.count ?? 0) > 0
    return golden != nil && wanted != nil && hasNumbers ? nil : "no numbers differ here, so no tolerance matters"
  }
}
