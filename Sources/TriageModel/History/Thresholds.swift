/// Every figure that a verdict hangs on, in one place, with its source.
package struct Thresholds: Sendable, Equatable {
  /// A run is a mass failure from this share of failing tests (Trunk: uploads with 80 % failures are left out).
  package var massFailureShare = 0.8
  /// … of at least so many tests that ran.
  package var massFailureTests = 20
  /// … or of fewer tests, from so many on, where all of them say the same.
  package var smallSuiteTests = 4
  /// A test with fewer earlier results is too little known to call anything new.
  package var knownRuns = 10
  /// Failures count back so many runs of the stream, however long ago that was (ReportPortal: 2 to 100 launches) …
  package var windowRuns = 100
  /// … and where there are more, so many days (Harness: 14, Datadog: 30).
  package var flakyDays = 30
  /// Pass-fail-pass episodes that make a test flaky where no commit ran twice: less is a bug that was mended.
  package var flakyEpisodes = 2
  /// An episode has at most so many failing runs; longer ones are breakages (TestGrid's flip analysis: 3 end a flake).
  package var longestEpisode = 2
  /// Failing runs in a row that are a breakage whatever the change point says (LUCI stability, TestGrid alerts).
  package var consecutiveFailures = 3
  /// The same for a test that never flaked.
  package var consecutiveFailuresOfSteady = 2
  /// Passes before a failure that make the next one part of a breakage, though one lucky pass stands between the two.
  package var luckyAfter = 5
  /// A flaky test is broken when its own rate makes the row of failures less likely than this.
  package var chanceOfStreak = 0.001
  /// Passes since a flake's last failure that its rate makes less likely than this mend it.
  package var chanceOfMended = 0.001
  /// Failing runs of a flake before its passes can say that it is mended: of fewer, its rate is not known.
  package var mendableFailures = 3
  /// A change point is believed when ln(gain) exceeds minus ln of this (LUCI changepoints: 0.0001).
  package var changePointPrior = 0.0001
  /// The interval given for the position of a change (LUCI: 99 %).
  package var changePointConfidence = 0.99
  /// A segment that fails at least so often is broken, and no part of flake statistics (LUCI's recommendation: 95 %; nine
  /// of ten, since one lucky pass among ten ends no breakage).
  package var brokenShare = 0.9
  /// A repaired test says *fixed* for so many runs …
  package var fixedRuns = 50
  /// … and where there are more, so many days.
  package var fixedDays = 21
  /// So many tests that fail at once with one or few messages, and neither before nor after, are infrastructure's.
  package var infraFailures = 5
  /// … when the runs before and after have less than this share of them (the sandwich check of PyTorch's autorevert) …
  package var infraNeighbourShare = 1.0 / 3
  /// … or where so many standard deviations of a count more failed: what fails always must not hide a night.
  package var infraDeviations = 4.0
  /// Runs in a row that such a burst has at most.
  package var longestBurst = 3
  /// A run lacks tests when at least so many of those its stream mostly has …
  package var missingTests = 5
  /// … which are at least this share of them, did not run.
  package var missingShare = 0.25
  /// The runs before it that tell how many tests its stream mostly has (their median).
  package var missingRuns = 10
  /// Minutes of a person for each failure that must be looked at (Slack: about 28 for a failed test).
  package var triageMinutes = 28.0

  /// The figures of the sources above.
  package static let standard = Thresholds()

  /// The figures of the sources above, to be changed.
  package init() {}
}
