import TestSupport
import FailureAnalysis
import TriageModel

/// Histories whose truth is known: steady tests, flakes, breakages and repairs, with nights in which the machines failed.
struct SyntheticHistory {
  /// What is true of a result, as its verdict should say.
  enum Truth: String, CaseIterable {
    case infra, massFailure = "mass failure", new, broken, flaky, fixed, passing, unknown

    /// The label that says so.
    var label: Verdict.Label { Verdict.Label(rawValue: rawValue) ?? .unknown }
  }

  /// What happened to a run as a whole.
  enum Weather {
    case fair
    /// Machines failed between two good runs of the commit.
    case night
    /// Machines failed in a way that a rule knows.
    case knownNight
    /// Nearly everything failed.
    case mass
  }

  /// What was planted in a test.
  enum Plant {
    case steady
    /// Fails by chance.
    case flaky(rate: Double)
    /// Fails from a run on up to another; before, it may have flaked.
    case broken(Range<Int>, rate: Double)
    /// Fails for the first time in the last run.
    case new
    /// Came with the last runs, and fails in the last.
    case young(since: Int)
  }

  /// One test of it.
  struct Test {
    var series: TestSeries
    var plant: Plant
    /// Whether its suite tries again what failed.
    var hasRetries: Bool
    /// What the rules say.
    var given = VerdictJudge.Given()
  }

  /// Runs a day, and the days that the judge looks back.
  static let runsPerDay = 6

  var runs: [RunRecord] = []
  var weather: [Weather] = []
  var tests: [Test] = []

  /// Runs on commits of one to four runs each, of tests of which a quarter is not steady.
  init(tests count: Int, runs runCount: Int, seed: UInt64) {
    var random = Seeded(state: seed)
    makeRuns(runCount, &random)
    for index in 0..<count {
      var test = Test(
        series: TestSeries(test: "test\(index)", results: []), plant: plant(&random), hasRetries: random.chance(0.4))
      let legs = random.chance(0.15) ? ["py311", "py312"] : [""]
      for leg in legs { add(leg, to: &test, &random) }
      tests.append(test)
    }
  }

  /// What failed in each run.
  var failures: RunFailures {
    var failing: [RunKey: [RunFailures.Failure]] = [:]
    for (number, test) in tests.enumerated() {
      for result in test.series.results where result.outcome.isFailing {
        failing[result.run, default: []].append(
          .init(test: TestKey(token: Int64(number)), leg: result.leg, signature: result.signature))
      }
    }
    var failures = RunFailures()
    for (run, some) in failing { failures.set(some, of: run) }
    return failures
  }

  private mutating func makeRuns(_ count: Int, _ random: inout Seeded) {
    var commit = 0
    for index in 0..<count {
      // The judged run begins a commit: what breaks in it came with it.
      if random.chance(0.4) || index + 1 == count { commit += 1 }
      var run = RunRecord(
        key: RunKey(token: Int64(index)), identity: RunIdentity(source: "ci", id: "\(1000 + index)"))
      run.commit = "c\(commit)"
      run.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index * 86_400_000 / Self.runsPerDay))
      runs.append(run)
    }
    for index in runs.indices { weather.append(weather(of: index, &random)) }
  }

  /// Odd runs stand between fair ones.
  private func weather(of index: Int, _ random: inout Seeded) -> Weather {
    guard index > 0, index + 1 < runs.count, case .fair = weather[index - 1] else { return .fair }
    let isBefore = runs[index - 1].commit == runs[index].commit
    let isAfter = runs[index].commit == runs[index + 1].commit
    if isBefore, isAfter, random.chance(0.15) { return .night }
    // A commit that breaks nearly everything, and is taken back at once.
    if !isBefore, !isAfter, random.chance(0.04) { return .mass }
    return random.chance(0.02) ? .knownNight : .fair
  }

  private func plant(_ random: inout Seeded) -> Plant {
    let count = runs.count
    // From 0.1 to 50 %, evenly on a logarithmic scale.
    let rate = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5].randomElement(using: &random) ?? 0.1
    let starts = (count / 2..<count - 8).filter { runs[$0].commit != runs[$0 - 1].commit }
    let start = starts.randomElement(using: &random) ?? count / 2
    let end = starts.first { $0 >= start + 4 } ?? count - 3
    let before = random.chance(0.2) ? 0.05 : 0
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<10: return .flaky(rate: rate)
    case 10..<15: return .broken(start..<count, rate: before)
    case 15..<20: return .broken(start..<end, rate: before)
    case 20..<24: return .new
    case 24..<26: return .young(since: count - Int.random(in: 2...8, using: &random))
    default: return .steady
    }
  }

  private mutating func add(_ leg: String, to test: inout Test, _ random: inout Seeded) {
    for place in runs.indices {
      if case .young(let since) = test.plant, place < since { continue }
      let letter = letter(at: place, of: test, &random)
      guard let result = History.result(letter, run: RunKey(token: Int64(place)), leg: leg) else { continue }
      test.series.results.append(result)
      runs[place].counts[result.outcome] += 1
      if letter == "K" { test.given.infraRules[.init(run: RunKey(token: Int64(place)), leg: leg)] = "machines" }
    }
  }

  private func letter(at place: Int, of test: Test, _ random: inout Seeded) -> Character {
    switch weather[place] {
    case .fair: break
    case .night: if random.chance(0.06) { return "G" }
    case .knownNight: if random.chance(0.06) { return "K" }
    case .mass: if random.chance(0.95) { return "M" }
    }
    func flake(_ rate: Double) -> Character {
      guard random.chance(rate) else { return "." }
      // A second try fails as often as the first.
      return test.hasRetries ? random.chance(rate) ? "F" : "r" : "f"
    }
    switch test.plant {
    case .steady: return "."
    case .flaky(let rate): return flake(rate)
    case .broken(let range, let rate):
      return range.contains(place) ? test.hasRetries ? "B" : "b" : place < range.lowerBound ? flake(rate) : "."
    case .new, .young: return place == runs.count - 1 ? "N" : "."
    }
  }
}
