import Testing
import TriageModel

@testable import Goldens

/// Planted drifts are named, planted changes are never called noise.
struct DriftJudgeTests {
  @Test func everyPlantedNoiseIsNoise() {
    var random = Generator(seed: 7)
    for _ in 0..<200 {
      let evidence = planted(&random) { value, random in
        let steps = Int(random.next() % 33)
        return (0..<steps).reduce(value) { value, _ in value.nextUp }
      }
      #expect(evidence.numbers.count == 0 || DriftJudge.judge(evidence).kind == .noise)
    }
  }

  @Test func realChangesAreNeverNoise() {
    var random = Generator(seed: 8)
    for _ in 0..<500 {
      let size = Double.pow10(-Int(random.next() % 10))
      let evidence = planted(&random) { value, random in value * (1 + size * (0.5 + random.unit())) }
      #expect(DriftJudge.judge(evidence).kind != .noise, "\(size)")
    }
  }

  @Test func offsetsAreOffsets() {
    var random = Generator(seed: 9)
    for _ in 0..<200 {
      let amount = (random.unit() - 0.5) * 100
      if abs(amount) < 0.01 { continue }
      #expect(DriftJudge.judge(planted(&random) { value, _ in value + amount }).kind == .offset)
    }
  }

  @Test func factorsAreFactors() {
    var random = Generator(seed: 10)
    for _ in 0..<200 {
      let amount = 1.01 + random.unit() * 5
      #expect(DriftJudge.judge(planted(&random) { value, _ in value * amount }).kind == .factor)
    }
    let near = DriftJudge.judge(planted(&random) { value, _ in value * (1 + 0x1p-30) })
    #expect(near.kind == .factor && near.proof.hasSuffix("multiplied by 1 + 9.31323e-10"), "\(near.proof)")
    #expect(DriftJudge.judge(planted(&random) { value, _ in -value }).proof.contains("multiplied by -1"))
  }

  @Test func clippingNamesItsBounds() {
    var random = Generator(seed: 11)
    for _ in 0..<200 {
      let drift = DriftJudge.judge(planted(&random) { value, _ in min(3, max(-2.5, value)) })
      #expect(drift.kind == .clipping)
      #expect(drift.proof.contains("-2.5 and") && drift.proof.contains("above 3.0"), "\(drift.proof)")
    }
    let one = DriftJudge.judge(planted(&random) { value, _ in max(-2.5, value) })
    #expect(one.kind == .clipping && one.proof.contains("below -2.5 became it"))
  }

  @Test func aMixtureIsRealAndNamesItsParts() {
    var random = Generator(seed: 12)
    let drift = DriftJudge.judge(
      planted(&random) { value, random in random.next() % 8 == 0 ? value * 1.37 : max(-2.5, value) })
    #expect(drift.kind == .real)
    var offset = planted(&random) { value, _ in value + 1 }
    offset.otherChanges = 3
    #expect(DriftJudge.judge(offset).kind == .real)
    #expect(DriftJudge.judge(offset).proof.contains("3 added, removed or other; 40 of 40 numbers moved by +1"))
  }

  @Test func structureAndNaNOutrankNumbers() {
    var random = Generator(seed: 13)
    var evidence = planted(&random) { value, _ in value.nextUp }
    evidence.lost.nan = 2
    #expect(DriftJudge.judge(evidence).kind == .nanBorn)
    evidence.shape = ["column b vanished"]
    #expect(DriftJudge.judge(evidence).kinds == [.shape, .noise, .nanBorn])
    #expect(
      DriftJudge.judge(evidence).proof.hasPrefix("column b vanished; 2 numbers became NaN; 40 of 40 numbers within 1"))
  }

  @Test func smallNumbersBesideLargeOnesAreNotNoise() {
    // p-values: far below the column's rounding, and still another answer.
    #expect(judged([1, 1e-20, 0.5], [(1.0).nextUp, 3e-17, (0.5).nextUp]).kind == .real)
    // What cancels to zero is rounding.
    #expect(judged([1, 0, 0.7], [(1.0).nextUp, 1e-17, (0.7).nextUp]).kind == .noise)
  }

  @Test func wordsAreRenamedOnlyWhenNoneIsKept() {
    var evidence = DriftEvidence()
    evidence.words = [("plus", "premium", 12), ("pro", "max", 9)]
    #expect(DriftJudge.judge(evidence).kind == .real)
    evidence.keptWords = []
    #expect(DriftJudge.judge(evidence).kind == .remap)
    evidence.keptWords = ["pro"]
    #expect(DriftJudge.judge(evidence).kind == .real)
    evidence.keptWords = []
    evidence.words = [("a", "x", 12), ("b", "x", 9)]
    #expect(DriftJudge.judge(evidence).kind == .real)
    evidence.words = [("one sentence", "another", 1), ("two", "three", 1)]
    #expect(DriftJudge.judge(evidence).kind == .real)
  }

  @Test func ordersAndNothing() {
    var evidence = DriftEvidence()
    #expect(DriftJudge.judge(evidence).kind == .format)
    evidence.rowShift = 3
    #expect(DriftJudge.judge(evidence) == Drift(.shift, "the rows are the same, 3 rows further down"))
    evidence.rowShift = nil
    evidence.isPermutation = "40 rows in another order"
    #expect(DriftJudge.judge(evidence).kind == .permutation)
  }

  private func judged(_ expected: [Double], _ actual: [Double]) -> Drift {
    var evidence = DriftEvidence()
    for index in expected.indices where expected[index] != actual[index] {
      evidence.numbers.append(expected: expected[index], actual: actual[index], place: index)
    }
    return DriftJudge.judge(evidence)
  }

  /// Forty numbers around 0, changed by a rule.
  private func planted(
    _ random: inout Generator, _ change: (Double, inout Generator) -> Double
  ) -> DriftEvidence {
    var evidence = DriftEvidence()
    var column = DriftEvidence.Column(name: "")
    for place in 0..<40 {
      let value = (random.unit() - 0.5) * 16
      let other = change(value, &random)
      evidence.comparedNumbers += 1
      column.add(expected: value, actual: other)
      if value != other { evidence.numbers.append(expected: value, actual: other, place: place) }
    }
    evidence.columns = [column]
    return evidence
  }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Generator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// From 0 to 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

extension Double {
  /// A power of ten.
  static func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1) { value, _ in exponent < 0 ? value / 10 : value * 10 }
  }
}
