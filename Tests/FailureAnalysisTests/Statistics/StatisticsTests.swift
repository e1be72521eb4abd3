import FailureAnalysis
import TestSupport
import Testing
import TriageModel

struct StatisticsTests {
  /// R's binom::binom.wilson(6, 40) and (0, 10).
  @Test func wilsonsInterval() {
    let rate = Wilson.rate(6, of: 40)
    #expect(abs(rate.low - 0.070_6) < 0.000_1)
    #expect(abs(rate.high - 0.290_7) < 0.000_1)
    #expect(Wilson.rate(0, of: 10).low == 0)
    #expect(abs(Wilson.rate(0, of: 10).high - 0.277_5) < 0.000_1)
    #expect(Wilson.rate(3, of: 0).high == 1)
  }

  /// The tea taster (3 of 4 against 1 of 4: 0.4857), and a clear change.
  @Test func fishersTest() {
    #expect(abs(FisherTest.twoSided((3, 4), (1, 4)) - 0.485_714) < 1e-6)
    #expect(abs(FisherTest.twoSided((1, 20), (9, 20)) - 0.008_361_7) < 1e-5)
    #expect(FisherTest.twoSided((0, 0), (1, 4)) == 1)
    #expect(FisherTest.twoSided((9, 4), (1, 4)) == 1)
  }

  @Test func aFlakesCost() {
    var history = History("..r..F....")
    for index in history.series.results.indices { history.series.results[index].duration = 120 }
    let flakes = FlakeStatistics(history.series.results, in: RunTimeline(history.runs))
    #expect(flakes.rate.count == 2)
    #expect(flakes.failures == 1)
    #expect(flakes.passedOnRetry == 1)
    // Half of the retried run, the whole failed one.
    #expect(flakes.minutes == 3)
    #expect(flakes.cost == 31)
    #expect(flakes.transitions == 0.2)
    #expect(flakes.firstSeen == 3)
    #expect(flakes.lastSeen == 6)
  }

  @Test func aTrendIsWhatChanceHardlyDoes() throws {
    func trend(_ letters: String) throws -> RateTrend {
      let history = History(letters)
      return try #require(FlakeStatistics(history.series.results, in: RunTimeline(history.runs)).trend)
    }
    let rising = try trend("....................rF.rFr.F.rF.rFr.F.rF")
    #expect(rising.direction == .rising && rising.p < 0.001)
    #expect(rising.before.count == 0 && rising.after.count == 14 && rising.after.of == 20)
    #expect(try trend("rF.rFr.F.rF.rFr.F.rF....................").direction == .falling)
    #expect(try trend("..F....r..F...r...").direction == .steady)
    #expect(try trend("F").direction == .steady)
  }
}
