internal import TriageModel

/// Finds the few tests of a sequence that must run before a test to make it end as it does after the whole sequence.
///
/// Halving with answers that may be wrong (probabilistic bisection: M. Horstein 1963; R. Waeber, P. Frazier,
/// S. Henderson, *Bisection search with noisy responses*, 2013). The question is always the same: from which test on must
/// the sequence be run? The last test from which on is enough, is needed; with it kept, the rest behind it is asked for
/// the next, until those that were found are enough. So a pair costs twice what one test does, and of several tests each
/// of which is enough the last is found. Each test has a probability of being the one asked for, and the question is
/// put where it tells most; so a step is repeated as often as the rates demand and no more.
struct PrecedingTestsSearch: Sendable, Equatable {
  /// Which tests run before.
  enum Question: Sendable, Equatable {
    /// Those that were found, and all from this place on; from the end of the sequence they are those found alone.
    case from(Int)
    /// Those that were found but for one: it may not be needed.
    case without(Int)
  }

  enum Step: Sendable, Equatable {
    case ask(Question)
    /// The tests found are to be compared with the test without them.
    case confirm
    /// It has asked for more than such a search needs: what it looks for is not there.
    case giveUp
  }

  /// A candidate as probable as this is taken for found.
  private static let certainty = 0.95
  /// How probable it is that the tests found are enough before that is tried: most victims have one polluter
  /// (A. Wei et al., *Probabilistic and systematic coverage of consecutive test-method pairs*, TACAS 2021).
  private static let priorOfEnough = 0.8
  /// Tests that are needed together at most.
  private static let mostRequired = 4
  /// What is believed of a rate before anything was seen: nearly never or nearly always.
  private static let prior = 0.25

  /// The tests in their order.
  let sequence: [String]
  /// Whether the outcome that the whole sequence makes is a failure.
  let makesFailure: Bool
  /// The tests that are needed, by their places in the sequence.
  private(set) var required: [Int]
  /// How many of them were known before the search began.
  let known: Int
  /// How the test ended after the whole sequence.
  var whole: TrialCount
  /// How it ended after those that were known before.
  var base: TrialCount
  /// How many runs were asked for.
  private(set) var asked = 0
  /// How many sets of tests it wanted to have confirmed.
  private(set) var sets = 0
  /// The first candidate.
  private var first: Int
  /// What was seen from each place on.
  private var answers: [Int: TrialCount] = [:]
  /// What was seen without each of the tests found, where there are several.
  private var spared: [Int: TrialCount] = [:]
  /// Whether the tests found were confirmed, and are checked one by one.
  private var isChecking = false

  /// A search in a sequence, behind tests that are known to be needed for something.
  init(_ sequence: [String], makesFailure: Bool, behind known: [Int] = [], whole: TrialCount, base: TrialCount) {
    self.sequence = sequence
    self.makesFailure = makesFailure
    self.whole = whole
    self.base = base
    self.known = known.count
    required = known
    first = (known.last ?? -1) + 1
    settleOnly()
  }

  /// The tests that were found.
  var found: [String] { required.dropFirst(known).map { sequence[$0] } }

  /// What the tests found came to, of the runs since they were found.
  var confirmed: TrialCount { hasFound ? answers[sequence.count] ?? TrialCount() : TrialCount() }

  private var hasFound: Bool { required.count > known }

  /// The tests to run before it.
  func tests(_ question: Question) -> [String] {
    switch question {
    case .from(let place): (required + Array(place..<sequence.count)).map { sequence[$0] }
    case .without(let place): required.filter { $0 != place }.map { sequence[$0] }
    }
  }

  /// The candidates that are left: those that were found, else those that are together as probable as is asked for.
  var left: [String] {
    if hasFound { return found }
    let weights = probabilities
    var places: [Int] = []
    var sum = 0.0
    for place in weights.indices.dropLast().sorted(by: { weights[$0] > weights[$1] }) where sum < Self.certainty {
      places.append(place + first)
      sum += weights[place]
    }
    return places.sorted().map { sequence[$0] }
  }

  // MARK: - Asking

  /// What to run next; `waiting` runs have been asked for and not been answered.
  func step(waiting: Int) -> Step {
    guard alike > unlike, asked - waiting < most, required.count - known <= Self.mostRequired else { return .giveUp }
    if isChecking, let place = unchecked { return .ask(.without(place)) }
    let weights = probabilities
    if hasFound, weights[weights.count - 1] >= 0.5 { return .confirm }
    // Of several questions at once the first halves what is left, the next the halves.
    let wanted = [0.5, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875][min(waiting, 6)]
    var rest = 1.0
    var best = (start: sequence.count, distance: Double.infinity)
    for (offset, weight) in weights.dropLast().enumerated() {
      rest -= weight
      let distance = abs(rest - wanted)
      if distance < best.distance { best = (first + offset + 1, distance) }
    }
    // Without any test found, the end of the sequence is the test without them, whose outcome is known.
    if !hasFound, best.start == sequence.count { best.start = max(first + 1, sequence.count - 1) }
    return best.start < sequence.count ? .ask(.from(best.start)) : hasFound ? .confirm : .giveUp
  }

  /// A run was asked for.
  mutating func noteAsked() { asked += 1 }

  /// Takes what came of a question, given which tests were found when it was asked.
  mutating func take(failed: Bool, _ question: Question, required then: [Int]) {
    guard then == required else { return }
    switch question {
    case .from(let place):
      answers[place, default: TrialCount()].add(failed: failed)
      if isChecking { return }
      let weights = probabilities
      if let last = weights.indices.dropLast().max(by: { weights[$0] < weights[$1] }),
        weights[last] >= Self.certainty
      {
        settle(first + last)
      }
    case .without(let place):
      spared[place, default: TrialCount()].add(failed: failed)
      if let ratio = ratio(spared[place]), ratio >= Self.bound { spare(place) }
    }
  }

  /// Whether each of the tests found is needed, once they are confirmed: of several, one may have been found by chance.
  mutating func isChecked() -> Bool {
    guard required.count - known > 1 else { return true }
    isChecking = true
    return unchecked == nil
  }

  /// Takes the only candidate where there is one.
  private mutating func settleOnly() {
    if !hasFound, first + 1 == sequence.count { settle(first) }
  }

  private mutating func settle(_ place: Int) {
    required.append(place)
    first = place + 1
    begin()
  }

  private mutating func spare(_ place: Int) {
    required.removeAll { $0 == place }
    begin()
  }

  private mutating func begin() {
    (answers, spared, isChecking) = ([:], [:], false)
    sets += 1
  }

  // MARK: - Probabilities

  /// ln of the odds at which Wald's test of a single test ends, either way.
  private static let bound = 3.0

  /// ln of how much more likely what was seen is where the rest is enough than where it is not.
  private func ratio(_ seen: TrialCount?) -> Double? {
    guard let seen else { return nil }
    let (like, other) = split(seen)
    return Double(like) * LogGamma.logarithm(alike / unlike)
      + Double(other) * LogGamma.logarithm((1 - alike) / (1 - unlike))
  }

  /// A test found of which it is not yet known whether it is needed.
  private var unchecked: Int? {
    required.dropFirst(known).first { place in ratio(spared[place]).map { $0 > -Self.bound } ?? true }
  }

  /// How often it ends like after the whole sequence where what is needed ran.
  private var alike: Double { share(whole + confirmed) }
  /// How often where not.
  private var unlike: Double { share(base) }

  private func share(_ count: TrialCount) -> Double {
    (Double(split(count).like) + Self.prior) / (Double(count.total) + 2 * Self.prior)
  }

  private func split(_ count: TrialCount) -> (like: Int, other: Int) {
    let passed = count.total - count.failures
    return makesFailure ? (count.failures, passed) : (passed, count.failures)
  }

  /// For each candidate the probability that it is the last from which on is enough; behind them that of none, where the
  /// tests found are enough. The two rates are what all that was seen makes of them.
  private var probabilities: [Double] {
    let count = sequence.count - first
    let ofNone = hasFound ? (count == 0 ? 1 : Self.priorOfEnough) : 0
    let ofEach = LogGamma.logarithm((1 - ofNone) / Double(max(1, count)))
    var enough = split(whole)
    var without = split(base)
    for (like, other) in answers.values.map(split) {
      without = (without.like + like, without.other + other)
    }
    var logs: [Double] = []
    logs.reserveCapacity(count + 1)
    var likelihood = logBeta(enough) + logBeta(without)
    for index in 0...count {
      // From here on is enough in one more case: its answers change sides.
      if let answer = answers[first + index] {
        let (like, other) = split(answer)
        enough = (enough.like + like, enough.other + other)
        without = (without.like - like, without.other - other)
        likelihood = logBeta(enough) + logBeta(without)
      }
      logs.append(likelihood + (index < count ? ofEach : LogGamma.logarithm(ofNone)))
    }
    let highest = logs.max() ?? 0
    let weights = logs.map { LogGamma.exponential($0 - highest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private func logBeta(_ count: (like: Int, other: Int)) -> Double {
    LogGamma.logBeta(Double(count.like) + Self.prior, Double(count.other) + Self.prior)
  }

  /// Runs that it asks for at most: half as much again as the halving needs at these rates, and some to confirm.
  private var most: Int {
    let middle = (alike + unlike) / 2
    let told = max(0.05, entropy(middle) - (entropy(alike) + entropy(unlike)) / 2)
    let bits = LogGamma.logarithm(Double(sequence.count + 1)) / LogGamma.logarithm(2) + 5
    return Int(1.5 * bits / told * Double(required.count - known + 1)) + 12
  }

  private func entropy(_ share: Double) -> Double {
    if share <= 0 || share >= 1 { return 0 }
    return -(share * LogGamma.logarithm(share) + (1 - share) * LogGamma.logarithm(1 - share)) / LogGamma.logarithm(2)
  }
}
