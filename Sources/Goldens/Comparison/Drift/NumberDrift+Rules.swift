internal import TriageModel

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
