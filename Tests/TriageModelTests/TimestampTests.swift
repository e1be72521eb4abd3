import Testing
import TriageModel

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-11-21T07:34:51.760614+00:00", "2026-11-21T07:34:51Z"),
    ("2026-11-16T09:15:00Z", "2026-11-16T09:15:00Z"),
    ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z"),
    ("2024-02-29 23:59:59", "2024-02-29T23:59:59Z"),
    ("2012-08-01", "2012-08-01T00:00:00Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
  ])
  func readsWhatReportsWrite(written: String, expected: String) {
    #expect(Timestamp(iso8601: written)?.description == expected)
  }

  @Test(arguments: ["", "time", "24 Aug 2021", "2026-13-01", "2026-01-01T25:99"])
  func refusesWhatIsNoDate(written: String) {
    #expect(Timestamp(iso8601: written) == nil)
  }
}
