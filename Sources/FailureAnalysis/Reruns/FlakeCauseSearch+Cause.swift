package import TriageModel

/// What is known.
extension FlakeCauseSearch {
  /// What is known so far; what is not told apart is not named.
  package var cause: FlakeCause {
    if let settled { return settled }
    if let pending = pendingPolluters { return pending }
    if let order = orders.max(by: { arms[$0].evidence < arms[$1].evidence }), isTold(order) { return orderCause(order) }
    return unnamed
  }

  /// ln of what is demanded of a share of the error.
  private func demanded(_ weight: Double) -> Double { -LogGamma.logarithm(question.error * weight) }

  /// ln of the ratio from which on a condition is said to look unlike: five to one.
  private static let noticed = 1.6

  /// The part of an order's share that is kept for naming it as a whole; the rest is for the tests that matter.
  private static let shareOfWhole = 0.25

  func isTold(_ arm: Int) -> Bool {
    let isOrder = !arms[arm].before.isEmpty
    return arms[arm].evidence >= demanded(arms[arm].weight * (isOrder ? Self.shareOfWhole : 1))
  }

  private var orders: [Int] { arms.indices.filter { !arms[$0].before.isEmpty } }
  private var seeds: [Int] { arms.indices.filter { arms[$0].condition.kind == .hashSeed } }

  // MARK: - Settling

  /// Ends the search where something is told.
  mutating func settle() {
    if narrowing != nil {
      settleNarrowing()
      return
    }
    if settled != nil { return }
    let single = arms.indices.dropFirst().filter { arms[$0].before.isEmpty && arms[$0].condition.kind != .hashSeed }
    if let told = single.max(by: { arms[$0].evidence < arms[$1].evidence }), isTold(told) {
      settled = conditionCause(told)
    } else if let told = hashSeedCause {
      settled = told
    } else if let given = orders.first(where: { arms[$0].givenUp >= Self.mostNarrowings && isTold($0) }) {
      settled = orderCause(given)
    } else if failsAlways {
      settled = unnamed
    }
  }

  /// Whether it failed so often under every condition that a pass is not to be waited for.
  private var failsAlways: Bool {
    hasOnlyFailed(everywhere: true) && arms[0].count.total >= Streak.length(share: 0.5, error: question.error)
  }

  private mutating func settleNarrowing() {
    guard var current = narrowing, current.search.confirmed.total > 0 else { return }
    let base = comparison(for: current)
    let ratio = RateEvidence.logarithm([base.pair, current.search.confirmed.pair])
    let weight = confirmationWeight(current)
    guard ratio >= demanded(weight),
      (current.search.confirmed.expected > base.expected) == current.search.makesFailure
    else { return }
    let isChecked = current.search.isChecked()
    narrowing = current
    guard isChecked else { return }
    narrowing = nil
    let found = current.search.found
    if !current.polluters.isEmpty {
      settled = cause(.polluters(current.polluters, cleaners: found), chance(ratio, weight))
    } else if current.search.makesFailure {
      settled = cause(.polluters(found, cleaners: []), chance(ratio, weight))
      setsTried += current.search.sets
      lookForCleaner(behind: found)
    } else {
      settled = cause(.stateSetters(found), chance(ratio, weight))
    }
  }

  /// The share of the error that naming a set of tests has: half of what the set before it had.
  private func confirmationWeight(_ current: Narrowing) -> Double {
    let sets = setsTried + current.search.sets
    return arms[current.arm].weight * (1 - Self.shareOfWhole) * LogGamma.exponential(-0.693_147_180_56 * Double(sets))
  }

  private func chance(_ ratio: Double, _ weight: Double) -> Double {
    min(1, LogGamma.exponential(-ratio) / max(weight, 1e-9))
  }

  // MARK: - Cleaners

  /// In the run's own order polluters ran before the test and it passed: a test in between may clean up behind them.
  private mutating func lookForCleaner(behind polluters: [String]) {
    guard let own = arms.firstIndex(where: { $0.condition == .asInRun }), arms[own].count.total > 0,
      arms[own].count.expected < 0.5, started < question.budget
    else { return }
    let sequence = arms[own].before
    let places = polluters.compactMap { sequence.firstIndex(of: $0) }
    guard places.count == polluters.count, places == places.sorted(), let last = places.last, last + 1 < sequence.count
    else { return }
    var search = Narrowing(
      search: PrecedingTestsSearch(
        sequence, makesFailure: false, behind: places, whole: arms[own].count, base: TrialCount()),
      arm: own)
    search.polluters = polluters
    search.baseBefore = count(after: polluters)
    pendingCause = settled
    settled = nil
    narrowing = search
  }

  mutating func settleWithoutCleaner() { settled = pendingPolluters }

  private var pendingPolluters: FlakeCause? {
    guard var known = pendingCause else { return nil }
    (known.runs, known.unusable) = (runs, unusable)
    return known
  }

  // MARK: - Naming

  private func cause(_ finding: FlakeCause.Finding, _ chance: Double) -> FlakeCause {
    let (with, without): (TrialCount, TrialCount)
    switch finding {
    case .polluters(let tests, let cleaners): (with, without) = counts(after: tests, without: cleaners)
    case .stateSetters(let tests): (with, without) = counts(after: tests)
    case .order, .condition, .hashSeed, .alwaysFails, .neverFails, .notTold, .nothingKnown:
      (with, without) = (TrialCount(), TrialCount())
    }
    return FlakeCause(
      finding: finding, with: with, without: without, runs: runs, unusable: unusable, chance: chance)
  }

  /// How the test ended in the runs with all of some tests before it, and in the others.
  private func counts(after tests: [String], without cleaners: [String] = []) -> (with: TrialCount, without: TrialCount)
  {
    var (with, without) = (TrialCount(), TrialCount())
    for entry in history {
      let before = Set(entry.before)
      if tests.allSatisfy(before.contains), !cleaners.contains(where: before.contains) {
        with = with + entry.count
      } else {
        without = without + entry.count
      }
    }
    return (with, without)
  }

  private func orderCause(_ arm: Int) -> FlakeCause {
    let left = narrowing.flatMap { $0.arm == arm ? $0.search.left : nil } ?? arms[arm].before
    return FlakeCause(
      finding: .order(arms[arm].condition, candidates: left), with: arms[arm].count, without: arms[0].count, runs: runs,
      unusable: unusable, chance: chance(arms[arm].evidence, arms[arm].weight * Self.shareOfWhole))
  }

  private func conditionCause(_ arm: Int) -> FlakeCause {
    let condition = arms[arm].condition
    let rest = history.filter { $0.condition.kind != condition.kind }.reduce(TrialCount()) { $0 + $1.count }
    return FlakeCause(
      finding: .condition(condition), with: arms[arm].count, without: rest, runs: runs, unusable: unusable,
      chance: chance(arms[arm].evidence, arms[arm].weight))
  }

  private var hashSeedCause: FlakeCause? {
    let tried = seeds.filter { arms[$0].count.total > 0 }
    guard tried.count > 1, let failing = tried.max(by: { arms[$0].count.expected < arms[$1].count.expected }),
      let passing = tried.min(by: { arms[$0].count.expected < arms[$1].count.expected }),
      case .hashSeed(let bad) = arms[failing].condition, case .hashSeed(let good) = arms[passing].condition
    else { return nil }
    let ratio = RateEvidence.logarithm(tried.map { arms[$0].count.pair }, prior: RateEvidence.decided)
    guard ratio >= demanded(arms[failing].weight) else { return nil }
    return FlakeCause(
      finding: .hashSeed(failing: bad, passing: good), with: arms[failing].count, without: arms[passing].count,
      runs: runs, unusable: unusable, chance: chance(ratio, arms[failing].weight))
  }

  private var unnamed: FlakeCause {
    let all = history.reduce(TrialCount()) { $0 + $1.count }
    let finding: FlakeCause.Finding
    if all.total == 0 {
      finding = .nothingKnown
    } else if all.failures == 0 {
      finding = .neverFails
    } else if all.failures == all.total {
      finding = .alwaysFails
    } else {
      let nearest = arms.indices.dropFirst().filter { arms[$0].condition.kind != .hashSeed }
        .max { arms[$0].evidence < arms[$1].evidence }
      finding = .notTold(nearest: nearest.flatMap { arms[$0].evidence > Self.noticed ? arms[$0].condition : nil })
    }
    return FlakeCause(
      finding: finding, with: all, without: TrialCount(), runs: runs, unusable: unusable, chance: nil)
  }
}
