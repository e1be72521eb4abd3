internal import Goldens

/// Up to three texts as one: every line once, with the texts that have it at that place.
struct MergedText: Equatable {
  /// Some of the texts.
  struct Sides: OptionSet, Hashable {
    let rawValue: Int
    /// What the run said that is looked at.
    static let this = Sides(rawValue: 1)
    /// What the run before said.
    static let before = Sides(rawValue: 2)
    /// What the last green run said.
    static let green = Sides(rawValue: 4)
  }

  /// A line and who has it.
  struct Line: Equatable {
    var text: String
    var sides: Sides
  }

  /// In the order of the first text; what only others have stands before what only it has.
  private(set) var lines: [Line]
  /// The texts that were merged.
  private(set) var sides: Sides
  /// Whether aligning was cut short.
  private(set) var isLimited = false

  /// One text.
  init(_ lines: [String], of side: Sides) {
    self.lines = lines.map { Line(text: $0, sides: side) }
    sides = side
  }

  /// Takes another text in.
  mutating func merge(_ other: [String], of side: Sides) {
    let found = LineAlignment.partners(of: lines.map(\.text), in: other)
    isLimited = isLimited || found.isLimited
    sides.insert(side)
    var merged: [Line] = []
    merged.reserveCapacity(lines.count + other.count)
    var (own, next) = (0, 0)
    func addOther(upTo end: Int) {
      for text in other[next..<max(next, end)] { merged.append(Line(text: text, sides: side)) }
      next = max(next, end)
    }
    for (place, partner) in found.partners.enumerated() {
      guard let partner else { continue }
      addOther(upTo: partner)
      merged += lines[own..<place]
      merged.append(Line(text: lines[place].text, sides: lines[place].sides.union(side)))
      (own, next) = (place + 1, partner + 1)
    }
    addOther(upTo: other.count)
    lines = merged + lines[own...]
  }

  /// How many lines only one of the texts has or lacks.
  var differences: Int { lines.count { $0.sides != sides } }

  /// A stretch of the text: lines to show, or how many that all texts have, or only the run before, are folded away.
  enum Part: Equatable {
    case line(Line)
    case fold(Int, Sides)
  }

  /// The text with long stretches folded that all texts have or only the run before, but for some lines at their ends.
  func folded(context: Int = 3) -> [Part] {
    var parts: [Part] = []
    var start = 0
    while start < lines.count {
      let own = lines[start].sides
      let isDull = own == sides || own == .before
      var end = start
      while end < lines.count, lines[end].sides == own { end += 1 }
      let isAll = start == 0 && end == lines.count
      let (above, below) = (start == 0 && !isAll ? 0 : context, end == lines.count && !isAll ? 0 : context)
      if isDull, sides != .this, end - start > above + below + 2 {
        parts += lines[start..<start + above].map { .line($0) }
        parts.append(.fold(end - start - above - below, own))
        parts += lines[end - below..<end].map { .line($0) }
      } else {
        parts += lines[start..<end].map { .line($0) }
      }
      start = end
    }
    return parts
  }
}
