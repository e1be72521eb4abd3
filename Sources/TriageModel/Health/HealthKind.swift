/// What a figure is, whatever its number: the one table of their names, units, meanings and starting targets.
package struct HealthKind: Sendable, Equatable {
  /// The screen that shows what a figure is made of.
  package enum Place: String, Sendable {
    case triage
    case goldens
    case flakes
    case runs
  }

  /// The id: `m1`.
  package let id: String
  /// The name under `targets:` in the configuration, and in JSON.
  package let name: String
  /// What people call it.
  package let title: String
  /// What the number counts.
  package let unit: HealthUnit
  /// Which side of the target is good.
  package let bound: HealthTarget.Bound
  /// The target where the configuration sets none; nil where no number suits everybody.
  package let standard: Double?
  /// How the number is counted, a sentence.
  package let meaning: String
  /// Where its parts are shown.
  package let place: Place
  /// The filter that chooses them there; empty for all.
  package var filter = ""

  /// The target where the configuration sets none.
  package var standardTarget: HealthTarget? { standard.map { HealthTarget(bound, $0) } }

  /// The figure of a name or an id; nil when there is none.
  package static func named(_ name: String) -> HealthKind? { all.first { $0.name == name || $0.id == name } }

  /// The pass rate of the newest commit.
  package static let passRate = HealthKind(
    id: "m1", name: "pass_rate", title: "pass rate", unit: .share, bound: .atLeast, standard: 0.99,
    meaning: "tests of the newest commit that passed after all their attempts, of those that ran", place: .runs)
  /// The seconds that all tests of the newest run took.
  package static let suiteTime = HealthKind(
    id: "m2", name: "suite_time", title: "suite time", unit: .seconds, bound: .atMost, standard: 600,
    meaning: "the seconds of all tests of the newest run, whether or not they ran side by side", place: .runs)
  /// The results that flaked.
  package static let flakeRate = HealthKind(
    id: "m3", name: "flake_rate", title: "flake rate", unit: .share, bound: .atMost, standard: 0.01,
    meaning: "results of the window that passed on retry, or failed and are called flaky, of those that ran",
    place: .flakes)
  /// How far coverage moved.
  package static let coverage = HealthKind(
    id: "m4", name: "coverage_delta", title: "coverage delta", unit: .points, bound: .atLeast, standard: 0,
    meaning: "percentage points of covered lines against the run before", place: .triage)
  /// The assertions of a test.
  package static let assertions = HealthKind(
    id: "m5", name: "assertion_density", title: "assertion density", unit: .ratio, bound: .atLeast, standard: 1,
    meaning: "assertions in the bodies of the test functions of the repository, for each function", place: .triage)
  /// The mocks that the real thing left behind.
  package static let mocks = HealthKind(
    id: "m6", name: "mock_drift", title: "mock drift", unit: .count, bound: .atMost, standard: 0,
    meaning: "recorded mocks that the real response differs from, in the newest run", place: .triage)
  /// The telemetry that is asserted and there.
  package static let telemetry = HealthKind(
    id: "m7", name: "telemetry_assertions", title: "telemetry assertions", unit: .count, bound: .atMost, standard: 0,
    meaning: "metrics, labels and fields that are missing, unexpected or changed, in the newest run", place: .triage)
  /// The contracts that are broken.
  package static let contracts = HealthKind(
    id: "m8", name: "contracts", title: "broken contracts", unit: .count, bound: .atMost, standard: 0,
    meaning: "contracts that the newest run found broken", place: .triage)
  /// How often goldens change.
  package static let goldenChanges = HealthKind(
    id: "m9", name: "golden_change_rate", title: "golden change rate", unit: .share, bound: .atMost, standard: 0.2,
    meaning: "commits of the window with a golden change that was approved or waits, of those that were tested",
    place: .goldens)
  /// How long a change waits for its answer.
  package static let gateTime = HealthKind(
    id: "m10", name: "gate_time", title: "gate time", unit: .seconds, bound: .atMost, standard: 600,
    meaning: "how long the job of the newest run took, from its start to its end", place: .runs)
  /// The share of the error budget that is used.
  package static let budget = HealthKind(
    id: "budget", name: "budget_used", title: "error budget used", unit: .share, bound: .atMost, standard: 1,
    meaning: "red runs of the budget's window, divided by those that its objective allows", place: .runs)
  /// How often the verdicts were right.
  package static let verdicts = HealthKind(
    id: "verdicts", name: "verdicts_right", title: "verdicts right", unit: .share, bound: .atLeast, standard: nil,
    meaning: "verdicts of the window that later runs or people proved right, of those that were proved at all",
    place: .triage)

  /// All of them, by id.
  package static let all: [HealthKind] = [
    budget, passRate, suiteTime, flakeRate, coverage, assertions, mocks, telemetry, contracts, goldenChanges, gateTime,
    verdicts,
  ]
}

/// What a figure should be.
package struct HealthTarget: Sendable, Equatable {
  /// Which side is good.
  package enum Bound: String, Sendable {
    case atLeast = "at least"
    case atMost = "at most"

    /// `≥` or `≤`.
    package var sign: String { self == .atLeast ? "≥" : "≤" }
  }

  /// Which side is good.
  package var bound: Bound
  /// The number that is just good.
  package var number: Double

  /// A target.
  package init(_ bound: Bound, _ number: Double) {
    self.bound = bound
    self.number = number
  }

  /// Whether a number meets it; sums of seconds end in digits that nobody wrote.
  package func isMet(by value: Double) -> Bool {
    let slack = abs(number) * 1e-12
    return bound == .atLeast ? value >= number - slack : value <= number + slack
  }
}
