package import TriageModel

extension ChangeSummary {
  /// Fills in the largest differences and the smallest tolerances that accept all; `place` names a number's place.
  ///
  /// The tolerances stay nil when something differs that no tolerance accepts, or a 0 or an infinity does.
  package mutating func measure(_ numbers: NumberDifferences, intolerable: Int, place: (Int) -> String) {
    var largest = (absolute: -1.0, relative: -1.0, ulps: -1.0)
    var at = (absolute: 0, relative: 0, ulps: 0)
    var isBounded = (absolute: intolerable == 0, relative: intolerable == 0)
    for index in numbers.expected.indices {
      let (expected, actual) = (numbers.expected[index], numbers.actual[index])
      guard expected.isFinite, actual.isFinite else {
        isBounded = (false, false)
        continue
      }
      let absolute = abs(actual - expected)
      let relative = absolute / abs(expected)
      let type =
        numbers.types.isEmpty ? .float64 : numbers.types[min(Int(numbers.columns[index]), numbers.types.count - 1)]
      let ulps = type == .integer ? -1 : type.ulps(expected, actual)
      if absolute > largest.absolute { (largest.absolute, at.absolute) = (absolute, index) }
      if relative > largest.relative { (largest.relative, at.relative) = (relative, index) }
      if ulps > largest.ulps { (largest.ulps, at.ulps) = (ulps, index) }
    }
    guard largest.absolute >= 0 else { return }
    func extreme(_ value: Double, _ index: Int) -> Extreme { Extreme(value: value, place: place(index)) }
    maxAbsolute = extreme(largest.absolute, at.absolute)
    maxRelative = extreme(largest.relative, at.relative)
    if largest.ulps >= 0 { maxULP = extreme(largest.ulps, at.ulps) }
    if isBounded.absolute, largest.absolute.isFinite { smallestAbsolute = largest.absolute }
    if isBounded.relative, largest.relative.isFinite { smallestRelative = Self.accepting(largest.relative, numbers) }
    worst = place(largest.relative.isFinite ? at.relative : at.absolute)
  }

  /// The quotient may have been rounded down by one step, and then would not accept the number it came from.
  private static func accepting(_ relative: Double, _ numbers: NumberDifferences) -> Double {
    let isEnough = numbers.expected.indices.allSatisfy { index in
      abs(numbers.actual[index] - numbers.expected[index]) <= relative * abs(numbers.expected[index])
    }
    return isEnough ? relative : relative.nextUp.nextUp
  }
}
