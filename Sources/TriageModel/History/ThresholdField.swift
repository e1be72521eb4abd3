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
    count("infra_failures", \.infraFailures, 1...1_000_000, "failures of a run that can be infrastructure's …"),
    share(
      "infra_neighbour_share", \.infraNeighbourShare, "… when the runs beside it have less than this share of them"),
    ThresholdField(
      name: "infra_deviations", range: 0...1000,
      meaning: "… or it has so many standard deviations and `infra_failures` more than they",
      place: .real(\.infraDeviations)),
    count("new_signature_days", \.newSignatureDays, 1...3650, "days without a failure that make it new"),
    count("known_runs", \.knownRuns, 1...10_000, "earlier runs of a test before a failure can be new"),
    count("consecutive_failures", \.consecutiveFailures, 1...1000, "failures in a row that make a test broken"),
    count(
      "consecutive_failures_of_steady", \.consecutiveFailuresOfSteady, 1...1000, "the same for a test that never flaked"
    ),
    share("chance_of_streak", \.chanceOfStreak, "a row of failures less likely for a flaky test makes it broken"),
    share("change_point_prior", \.changePointPrior, "how likely a change of behaviour is before anything was seen"),
    share("change_point_confidence", \.changePointConfidence, "how sure the range of runs is in which a change lies"),
    share("broken_share", \.brokenShare, "runs that fail at least so often are a breakage, not flakes"),
    count("flaky_days", \.flakyDays, 1...3650, "days back that flakiness is looked for"),
    count("flaky_episodes", \.flakyEpisodes, 1...1000, "times of failing and passing again that make a test flaky"),
    count("longest_episode", \.longestEpisode, 1...1000, "failing runs that such a time has at most"),
    count("fixed_days", \.fixedDays, 1...3650, "days that a mended test says fixed"),
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
