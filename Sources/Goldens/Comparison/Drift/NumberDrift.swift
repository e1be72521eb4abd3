internal import TriageModel

/// The differences of one column of numbers, and what kind of change explains all of them.
struct NumberDrift {
  /// The column, as proofs call it.
  var name = ""
  /// What the golden has.
  var expected: [Double] = []
  /// What the run produced; as many.
  var actual: [Double] = []
  /// The type of the numbers.
  var type: NumberType
  /// Numbers compared, equal ones too; 0 when unknown.
  var compared = 0
  /// The largest magnitude on the expected side, as far as it is known.
  var scale = 0.0
  /// The range of all actual numbers; nil when unknown.
  var actualRange: ClosedRange<Double>?

  /// The kind of change of finite numbers, and its proof.
  func judge() -> Drift {
    let rounding = Rounding(expected: expected, actual: actual, type: type, scale: scale)
    return rounding.noise(of: self) ?? offset(rounding) ?? factor(rounding) ?? clipping(rounding) ?? real(rounding)
  }

  /// `12 of 40 numbers`, or `12 numbers` when the total is not known.
  var share: String {
    compared >= expected.count && compared > 0
      ? "\(CountText.of(expected.count)) of \(CountText.of(compared, "number"))"
      : CountText.of(expected.count, "number")
  }

  /// Whether enough different numbers changed for a rule to be more than chance.
  func hasDistinct(_ count: Int) -> Bool {
    var seen: Set<Double> = []
    for value in expected {
      seen.insert(value)
      if seen.count >= count { return true }
    }
    return false
  }
}

extension NumberDrift {
  /// Splits the differences by column.
  static func columns(of evidence: DriftEvidence) -> [NumberDrift] {
    let numbers = evidence.numbers
    let isOne = numbers.columns.allSatisfy { $0 == numbers.columns.first }
    var columns: [Int: NumberDrift] = [:]
    if isOne, let first = numbers.columns.first {
      var only = column(Int(first), evidence)
      only.expected = numbers.expected
      only.actual = numbers.actual
      columns[0] = only
    } else {
      var all: [NumberDrift?] = []
      for index in numbers.expected.indices {
        let place = Int(numbers.columns[index])
        while all.count <= place { all.append(nil) }
        if all[place] == nil { all[place] = column(place, evidence) }
        all[place]?.append(numbers.expected[index], numbers.actual[index])
      }
      for (place, column) in all.enumerated() { columns[place] = column }
    }
    return columns.sorted { $0.key < $1.key }.map { $0.value.withScale() }
  }

  /// All columns as one, by the coarsest of their types.
  static func together(_ columns: [NumberDrift], _ evidence: DriftEvidence) -> Drift {
    let types = Set(columns.map(\.type))
    guard types.count == 1, let type = types.first else {
      let verdicts = columns.map { $0.judge() }
      let isNoise = verdicts.allSatisfy { $0.kind == .noise }
      return isNoise
        ? Drift(.noise, verdicts.map(\.proof).joined(separator: "; "))
        : Drift(.real, verdicts.map(\.proof).prefix(4).joined(separator: "; "))
    }
    var all = NumberDrift(type: type)
    all.expected = evidence.numbers.expected
    all.actual = evidence.numbers.actual
    all.compared = evidence.comparedNumbers
    // Each column has its own scale: together only what holds without one is noise.
    return all.judge()
  }

  private static func column(_ index: Int, _ evidence: DriftEvidence) -> NumberDrift {
    let types = evidence.numbers.types
    var column = NumberDrift(type: types.isEmpty ? .float64 : types[min(index, types.count - 1)])
    guard evidence.columns.indices.contains(index) else {
      if types.count <= 1 { column.compared = evidence.comparedNumbers }
      return column
    }
    let known = evidence.columns[index]
    column.name = known.name
    column.compared = known.compared
    column.actualRange = known.actual
    column.scale = magnitude(known.expected)
    return column
  }

  private static func magnitude(_ range: ClosedRange<Double>?) -> Double {
    range.map { max(abs($0.lowerBound), abs($0.upperBound)) } ?? 0
  }

  private mutating func append(_ expected: Double, _ actual: Double) {
    self.expected.append(expected)
    self.actual.append(actual)
  }

  private func withScale() -> NumberDrift {
    guard scale == 0 else { return self }
    var column = self
    column.scale = expected.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    return column
  }
}

extension NumberDrift {
  /// Every changed number moved by one amount, within rounding; at least three different ones did.
  func offset(_ rounding: Rounding) -> Drift? {
    guard hasDistinct(3) else { return nil }
    for unit in rounding.units {
      let differences = expected.indices.map { actual[$0] - expected[$0] }
      guard let amount = Self.median(differences) else { return nil }
      let holds = expected.indices.allSatisfy { index in
        let slack = rounding.slack(expected[index], actual[index], unit: unit)
        return abs(differences[index] - amount) <= slack && abs(amount) >= 16 * slack
      }
      if holds {
        let sign = amount < 0 ? "−" : "+"
        return Drift(.offset, "\(share) moved by \(sign)\(FigureText.of(abs(amount), digits: 6))")
      }
    }
    return nil
  }

  /// Every changed number was multiplied by one amount, within rounding; at least three different ones were.
  func factor(_ rounding: Rounding) -> Drift? {
    guard hasDistinct(3), let largest = expected.indices.max(by: { abs(expected[$0]) < abs(expected[$1]) }),
      expected[largest] != 0
    else { return nil }
    let amount = actual[largest] / expected[largest]
    guard amount.isFinite, amount != 0 else { return nil }
    for unit in rounding.units {
      var clear = 0
      let holds = expected.indices.allSatisfy { index in
        let slack = rounding.slack(expected[index], actual[index], unit: unit)
        if abs(actual[index] - expected[index]) >= 16 * slack { clear += 1 }
        return abs(actual[index] - amount * expected[index]) <= slack
      }
      if holds, clear >= 3, clear * 2 >= expected.count {
        // Six digits of a factor near 1 would read as 1.
        let sign = amount < 1 ? "−" : "+"
        let isNearOne = abs(amount - 1) < 1e-4
        let shown =
          isNearOne ? "1 \(sign) \(FigureText.of(abs(amount - 1), digits: 6))" : FigureText.of(amount, digits: 6)
        return Drift(.factor, "\(share) multiplied by \(shown)")
      }
    }
    return nil
  }

  /// Every changed number lay beyond a bound and is that bound now, which is the least or the greatest of all; what
  /// else differs is rounding.
  func clipping(_ rounding: Rounding) -> Drift? {
    guard let range = actualRange, range.lowerBound < range.upperBound, hasDistinct(type == .integer ? 3 : 2) else {
      return nil
    }
    var below = 0
    var above = 0
    var noise = 0
    for index in expected.indices {
      if actual[index] == range.lowerBound, expected[index] < actual[index] {
        below += 1
      } else if actual[index] == range.upperBound, expected[index] > actual[index] {
        above += 1
      } else if rounding.isNoise(expected[index], actual[index]) {
        noise += 1
      } else {
        return nil
      }
    }
    guard below != 1 || above > 1, above != 1 || below > 1, below + above >= 2 else { return nil }
    return Drift(.clipping, clippingProof(range, below: below, above: above, noise: noise))
  }

  private func clippingProof(_ range: ClosedRange<Double>, below: Int, above: Int, noise: Int) -> String {
    let others = noise > 0 ? "; \(noise) others within rounding" : ""
    if below > 0, above > 0 {
      return "\(share) clipped to two bounds: \(below) below \(range.lowerBound) and \(above) above "
        + "\(range.upperBound) became them" + others
    }
    let (bound, side, far) =
      below > 0
      ? (range.lowerBound, "below", "largest") : (range.upperBound, "above", "smallest")
    let free = below > 0 ? range.upperBound : range.lowerBound
    return "\(share) clipped: all \(max(below, above)) \(side) \(bound) became it; a bound on the other side, "
      + "if any, is not reached (\(far) value \(FigureText.of(free, digits: 6)))" + others
  }

  /// What is left: how much of it is rounding or one repeated value, and how far the rest is.
  func real(_ rounding: Rounding) -> Drift {
    let noise = expected.indices.filter { rounding.isNoise(expected[$0], actual[$0]) }.count
    var proof = spread
    if noise > 0 { proof += "; \(CountText.of(noise)) of them only by rounding" }
    if let pile = pile() { proof += "; \(pile)" }
    return Drift(.real, proof)
  }

  /// `12 of 40 numbers differ, by at most 0.18 (relative 0.5)`.
  var spread: String {
    var absolute = 0.0
    var relative = 0.0
    for index in expected.indices {
      let difference = abs(actual[index] - expected[index])
      absolute = max(absolute, difference)
      if expected[index] != 0 { relative = max(relative, difference / abs(expected[index])) }
    }
    let share = relative > 0 && relative.isFinite ? " (relative \(FigureText.of(relative)))" : ""
    return "\(self.share) \(expected.count == 1 ? "differs" : "differ"), by at most \(FigureText.of(absolute))\(share)"
  }

  /// Values that stand piled up at the least or the greatest actual number.
  private func pile() -> String? {
    guard let range = actualRange, range.lowerBound < range.upperBound, type != .integer else { return nil }
    let lower = actual.count { $0 == range.lowerBound }
    let upper = actual.count { $0 == range.upperBound }
    var clauses: [String] = []
    if lower >= 3 { clauses.append("\(lower) are now \(range.lowerBound), the least") }
    if upper >= 3 { clauses.append("\(upper) are now \(range.upperBound), the greatest") }
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    // A quick selection: sorting millions of differences would cost more than comparing them.
    var values = values.map { $0.isNaN ? .infinity : $0 }
    let wanted = values.count / 2
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left > right { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if wanted <= right { high = right } else if wanted >= left { low = left } else { break }
    }
    return values[wanted]
  }
}
