internal import TriageModel

/// Which run tells most.
extension FlakeCauseSearch {
  typealias Choice = (
    arm: Int?, condition: RerunCondition, before: [String],
    note: (required: [Int], question: PrecedingTestsSearch.Question?)?
  )

  /// How much is hoped of a condition that was never tried, beside what was seen of it.
  private static let hope = 0.6
  /// How likely it may be that no seed tried so far differs, though seeds decide, before others are hardly tried.
  private static let likelySeed = 0.05
  /// How much more is hoped of what is most common.
  private static let hopeOfCommon = 1.5

  /// The next run; nil where answers are needed first, or there is nothing to learn.
  mutating func choose() -> Choice? {
    beginNarrowing()
    if narrowing != nil {
      if let choice = chooseNarrowing() { return choice }
      if narrowing != nil { return nil }
    }
    guard settled == nil else { return nil }
    return chooseArm()
  }

  // MARK: - Conditions

  private mutating func chooseArm() -> Choice? {
    let usable = arms.indices.filter { arms[$0].silent < Self.mostSilent }
    guard usable.contains(0) else { return nil }
    // Where nothing made it pass, only more failures as it is are still to be had.
    if hasOnlyFailed(everywhere: true) { return choice(0) }
    let (seeds, single) = split(usable.dropFirst())
    var best: (arm: Int, score: Double)?
    for arm in single where best.map({ score(arm) > $0.score }) ?? true { best = (arm, score(arm)) }
    if let family = familyScore(seeds), best.map({ family.score > $0.score }) ?? true { best = family }
    guard let best else { return choice(0) }
    // What a condition is compared with is to be known as well as the condition.
    let seedsTold = seeds.contains(best.arm)
    let least = seedsTold ? arms.filter { $0.condition.kind == .hashSeed }.reduce(0) { $0 + $1.started } / 4 : 0
    let wanted = seedsTold ? least : arms[best.arm].started
    return choice(arms[0].started <= wanted ? 0 : best.arm)
  }

  private func choice(_ arm: Int) -> Choice { (arm, arms[arm].condition, arms[arm].before, nil) }

  private func split(_ usable: ArraySlice<Int>) -> (seeds: [Int], single: [Int]) {
    (
      usable.filter { arms[$0].condition.kind == .hashSeed }, usable.filter { arms[$0].condition.kind != .hashSeed }
    )
  }

  /// How far its rate may lie from that of the test alone.
  private func score(_ arm: Int) -> Double {
    let reference = arms[0].count.expected
    let count = arms[arm].count
    let expected = (Double(count.failures) + reference) / (Double(count.total) + 1)
    let hope = Self.hope * (arms[arm].condition == .asInRun ? Self.hopeOfCommon : 1)
    return abs(expected - reference) + hope / Double(arms[arm].started + 1).squareRoot()
  }

  /// The seed to try, with how far two seeds may lie apart.
  private func familyScore(_ seeds: [Int]) -> (arm: Int, score: Double)? {
    let tried = seeds.filter { arms[$0].count.total > 0 }
    let started = seeds.reduce(0) { $0 + arms[$1].started }
    guard let failing = tried.max(by: { arms[$0].count.expected < arms[$1].count.expected }),
      let passing = tried.min(by: { arms[$0].count.expected < arms[$1].count.expected }),
      arms[failing].count.failures > 0, arms[passing].count.failures < arms[passing].count.total
    else {
      // All seeds said the same so far: another one may not.
      return seeds.first { arms[$0].started == 0 }.map { ($0, hopeOfSeed(after: started)) }
    }
    let next = arms[failing].started <= arms[passing].started ? failing : passing
    let hope = Self.hope / (Double(started) / 2 + 1).squareRoot()
    return (next, arms[failing].count.expected - arms[passing].count.expected + hope)
  }

  /// A test that ends now so and now so alone, in one process after another, does what a drawn seed makes: other seeds
  /// are tried until, at its rate, one of them would have differed.
  private func hopeOfSeed(after started: Int) -> Double {
    let count = arms[0].count
    let isMixed = count.failures > 0 && count.failures < count.total
    let rarer = min(count.expected, 1 - count.expected)
    if isMixed, started < Streak.length(share: 1 - rarer, error: Self.likelySeed) {
      return Self.hope * Self.hopeOfCommon / (Double(started) / 8 + 1).squareRoot()
    }
    return Self.hope / Double(started + 1).squareRoot()
  }

  // MARK: - The tests that matter

  private mutating func chooseNarrowing() -> Choice? {
    guard var current = narrowing else { return nil }
    current.search.base = base(of: current)
    switch current.search.step(waiting: current.waiting.count) {
    case .giveUp:
      if !current.waiting.isEmpty { return nil }
      giveUp()
      return nil
    case .ask(let question):
      current.search.noteAsked()
      narrowing = current
      let before = current.search.tests(question)
      return (nil, .after(before), before, (current.search.required, question))
    case .confirm:
      current.search.noteAsked()
      narrowing = current
      return confirmation(current)
    }
  }

  /// The tests found, or the test without them: each as often as the other.
  private func confirmation(_ current: Narrowing) -> Choice {
    let isPolluted = !current.polluters.isEmpty
    let waitingForBase = current.waiting.values.count { $0.question == nil }
    let with = current.search.confirmed.total + current.waiting.count - waitingForBase
    let without = comparison(for: current).total + (isPolluted ? waitingForBase : arms[0].waiting)
    if without <= with {
      if isPolluted { return (nil, .after(current.polluters), current.polluters, (current.search.required, nil)) }
      return choice(0)
    }
    let question = PrecedingTestsSearch.Question.from(current.search.sequence.count)
    let before = current.search.tests(question)
    return (nil, .after(before), before, (current.search.required, question))
  }

  /// What the test does without the tests that are sought.
  private func base(of current: Narrowing) -> TrialCount {
    current.polluters.isEmpty ? arms[0].count : count(after: current.polluters)
  }

  func count(after tests: [String]) -> TrialCount {
    history.filter { $0.before == tests }.reduce(TrialCount()) { $0 + $1.count }
  }

  /// What the tests found are compared with: of polluters behind which a cleaner is sought, the runs since they were named.
  func comparison(for current: Narrowing) -> TrialCount {
    let base = base(of: current)
    return TrialCount(
      base.failures - current.baseBefore.failures, of: base.total - current.baseBefore.total)
  }

  /// Whether no run passed, of all conditions or of those that were tried.
  func hasOnlyFailed(everywhere: Bool) -> Bool {
    let seeds = arms.filter { $0.condition.kind == .hashSeed }
    let tried = arms.filter { $0.condition.kind != .hashSeed && $0.silent < Self.mostSilent }
    return arms.allSatisfy { $0.count.failures == $0.count.total }
      && tried.allSatisfy { $0.count.total > 0 || !everywhere }
      && (seeds.isEmpty || !everywhere || seeds.contains { $0.count.total > 0 || $0.silent >= Self.mostSilent })
  }

  /// Begins to look for the tests that matter, where an order looks unlike the test alone.
  private mutating func beginNarrowing() {
    guard narrowing == nil, settled == nil else { return }
    let candidates = arms.indices.dropFirst().filter {
      !arms[$0].before.isEmpty && arms[$0].evidence >= Self.narrowsFrom && arms[$0].givenUp < Self.mostNarrowings
        && (isTold($0) || (arms[$0].givenUp == 0 && isSteadyAlone))
    }
    guard let best = candidates.max(by: { arms[$0].evidence < arms[$1].evidence })
    else { return }
    let arm = arms[best]
    let isMore = arm.count.expected > arms[0].count.expected
    narrowing = Narrowing(
      search: PrecedingTestsSearch(
        arm.before, makesFailure: isMore, whole: arm.count, base: arms[0].count), arm: best)
  }

  /// Whether it always ended in one way alone; what fails now and then by itself seldom hangs on other tests.
  private var isSteadyAlone: Bool { [0, arms[0].count.total].contains(arms[0].count.failures) }

  private mutating func giveUp() {
    guard let current = narrowing else { return }
    narrowing = nil
    setsTried += current.search.sets
    if current.polluters.isEmpty {
      arms[current.arm].givenUp += 1
      settle()
    } else {
      settleWithoutCleaner()
    }
  }
}
