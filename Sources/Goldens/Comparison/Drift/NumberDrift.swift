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
    all.actualRange = evidence.actualRange
    // Each column has its own scale: together only what holds without one is noise.
    return all.judge()
  }

  private static func column(_ index: Int, _ evidence: DriftEvidence) -> NumberDrift {
    let types = evidence.numbers.types
    var column = NumberDrift(type: types.isEmpty ? .float64 : types[min(index, types.count - 1)])
    guard evidence.columns.indices.contains(index) else {
      // Ranges of several columns together say nothing of one; of a single one they do.
      if types.count <= 1 {
        column.compared = evidence.comparedNumbers
        column.actualRange = evidence.actualRange
        column.scale = magnitude(evidence.expectedRange)
      }
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
