import FailureAnalysis
import Foundation
import Testing
import TriageModel

/// Which numbers chance explains of numbers that are measured again and again.
@Suite struct NoiseIntervalTests {
  /// Normal noise of a fixed seed (Box and Muller).
  private struct Noise {
    var state: UInt64

    private mutating func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }

    mutating func next() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
  }

  @Test func noiseAloneIsHardlyEverAChange() throws {
    var noise = Noise(state: 4136)
    var calls = 0
    for _ in 0..<2000 {
      let before = (0..<20).map { _ in 100 + 3 * noise.next() }
      let interval = try #require(NoiseInterval(before))
      if interval.isWorse(100 + 3 * noise.next(), .lower) { calls += 1 }
    }
    #expect(calls < 3)
  }

  @Test func aChangeOfTenDeviationsIsSeen() throws {
    var noise = Noise(state: 7)
    var seen = 0
    for _ in 0..<500 {
      let interval = try #require(NoiseInterval((0..<20).map { _ in 100 + 3 * noise.next() }))
      if interval.isWorse(100 + 3 * (10 + noise.next()), .lower) { seen += 1 }
    }
    #expect(seen > 450)
  }

  @Test func saysNothingOfFewNumbers() {
    #expect(NoiseInterval([1, 2, 3, 4]) == nil)
    #expect(NoiseInterval([1, 2, 3, .nan, .infinity, 4]) == nil)
    #expect(NoiseInterval([1, 1, 1, 1, 1]) != nil)
  }

  @Test func aDisturbedRunMovesNothing() throws {
    let calm = try #require(NoiseInterval([10, 10.1, 9.9, 10, 10.2, 9.8, 10, 10.1]))
    let disturbed = try #require(NoiseInterval([10, 10.1, 9.9, 10, 10.2, 9.8, 10, 900]))
    #expect(disturbed.middle < calm.middle + 0.1)
    #expect(disturbed.isWorse(15, .lower))
  }

  @Test func betterIsNoLoss() throws {
    let interval = try #require(NoiseInterval([10, 10, 10, 10, 10]))
    #expect(!interval.isWorse(1, .lower) && interval.isWorse(20, .lower))
    #expect(!interval.isWorse(20, .higher) && interval.isWorse(1, .higher))
    #expect(interval.isWorse(1, .neither) && interval.isWorse(20, .neither))
    // What repeats to the digit does not break with the weather.
    #expect(!interval.isWorse(10.3, .lower))
  }
}
