/// What a configuration can set of the thresholds: the one table of their names, ranges and meanings.
package struct ThresholdField: Sendable {
  private enum Place: Sendable {
    case whole(any WritableKeyPath<Thresholds, Int> & Sendable)
    case real(any WritableKeyPath<Thresholds, Double> & Sendable)
  }

  /// The name in the configuration.
  package let name: String
  /// What it may be.
  package let range: ClosedRange<Double>
  /// What it decides, a clause.
  package let meaning: String
  private let place: Place

  /// Whether it counts something.
  package var isWhole: Bool {
    switch place {
    case .whole: true
    case .real: false
    }
  }

  /// Its value among some thresholds.
  package func value(in thresholds: Thresholds) -> Double {
    switch place {
    case .whole(let path): Double(thresholds[keyPath: path])
    case .real(let path): thresholds[keyPath: path]
    }
  }

  /// Sets it; false, and nothing is changed, where the value is out of range.
  package func set(_ value: Double, in thresholds: inout Thresholds) -> Bool {
    guard range.contains(value), !isWhole || value.rounded() == value else { return false }
    switch place {
    case .whole(let path): thresholds[keyPath: path] = Int(value)
    case .real(let path): thresholds[keyPath: path] = value
    }
    return true
  }

  /// The field of a name; nil when there is none.
  package static func named(_ name: String) -> ThresholdField? { all.first { $0.name == name } }

  /// All of them, in the order in which they decide.
  package static let all: [ThresholdField] = [
    share("mass_failure_share", \.massFailureShare, "a run in which this share of the tests fails is a mass failure"),
    count("mass_failure_tests", \.massFailureTests, 1...1_000_000, "… when at least so many ran"),
    count("small_suite_tests", \.smallSuiteTests, 1...1_000_000, "… or of fewer tests, where all say the same"),
    count("infra_failures", \.infraFailures, 2...1_000_000, "tests that fail at once, and neither before nor after"),
    share(
      "infra_neighbour_share", \.infraNeighbourShare,
      "… with one message of which the runs beside have less than this share"),
    ThresholdField(
      name: "infra_deviations", range: 0...1000,
      meaning: "… or it has so many standard deviations and `infra_failures` more than they",
      place: .real(\.infraDeviations)),
    count("longest_burst", \.longestBurst, 1...1000, "runs in a row that infrastructure fails at most"),
    count("known_runs", \.knownRuns, 1...10_000, "earlier runs of a test before a failure can be new"),
    count("consecutive_failures", \.consecutiveFailures, 1...1000, "failures in a row that make a test broken"),
    count(
      "consecutive_failures_of_steady", \.consecutiveFailuresOfSteady, 1...1000, "the same for a test that never flaked"
    ),
    count(
      "lucky_after", \.luckyAfter, 1...1000, "passes before a failure that one lucky pass does not part from the next"),
    share("chance_of_streak", \.chanceOfStreak, "a row of failures less likely for a flaky test makes it broken"),
    share("change_point_prior", \.changePointPrior, "how likely a change of behaviour is before anything was seen"),
    share("change_point_confidence", \.changePointConfidence, "how sure the range of runs is in which a change lies"),
    share("broken_share", \.brokenShare, "runs that fail at least so often are a breakage, not flakes"),
    count("window_runs", \.windowRuns, 1...100_000, "runs of a stream back that failures are looked for …"),
    count("flaky_days", \.flakyDays, 1...3650, "… and where there are more, days"),
    count("flaky_episodes", \.flakyEpisodes, 1...1000, "times of failing and passing again that make a test flaky"),
    count("longest_episode", \.longestEpisode, 1...1000, "failing runs that such a time has at most"),
    share("chance_of_mended", \.chanceOfMended, "passes less likely for a flaky test mend it"),
    count("mendable_failures", \.mendableFailures, 1...1000, "failing runs before passes can mend a flaky test"),
    count("fixed_runs", \.fixedRuns, 1...100_000, "runs that a mended test says fixed …"),
    count("fixed_days", \.fixedDays, 1...3650, "… and where there are more, days"),
    count(
      "missing_tests", \.missingTests, 1...1_000_000,
      "tests of the runs before that did not run, and make a run incomplete …"),
    share("missing_share", \.missingShare, "… when they are at least this share of them"),
    count("missing_runs", \.missingRuns, 1...1000, "earlier whole runs of the stream that tell how many tests it has"),
    ThresholdField(
      name: "triage_minutes", range: 0...10_000, meaning: "minutes of a person that a failure costs",
      place: .real(\.triageMinutes)),
  ]

  private static func share(
    _ name: String, _ path: any WritableKeyPath<Thresholds, Double> & Sendable, _ meaning: String
  ) -> ThresholdField {
    ThresholdField(name: name, range: 0...1, meaning: meaning, place: .real(path))
  }

  private static func count(
    _ name: String, _ path: any WritableKeyPath<Thresholds, Int> & Sendable, _ range: ClosedRange<Double>,
    _ meaning: String
  ) -> ThresholdField {
    ThresholdField(name: name, range: range, meaning: meaning, place: .whole(path))
  }
}
