import Testing
import TriageModel

@Suite struct DurationTextTests {
  @Test(arguments: [
    (0, "0.000 s"), (0.0004, "0.000 s"), (0.0123, "0.012 s"), (0.0996, "0.10 s"), (0.5, "0.50 s"), (0.996, "1.0 s"),
    (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 m 00 s"), (125, "2 m 05 s"), (3840, "1 h 04 m"),
  ])
  func readsLikeATime(seconds: Double, expected: String) {
    #expect(DurationText.of(seconds) == expected)
  }

  @Test(arguments: [Double.nan, .infinity, -1, 1e300])
  func refusesWhatIsNoTime(seconds: Double) {
    #expect(DurationText.of(seconds) == nil)
  }
}
