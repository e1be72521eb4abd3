package import TriageModel

/// Finds out what a flaky test hangs on, by running it under conditions that differ in one thing: `next` says what to
/// run, `record` takes what came of it, `cause` is what is known so far.
///
/// Every condition is compared with the test alone. Runs go where they tell most: to the condition whose rate may lie
/// farthest from that of the test alone (an upper confidence bound, as in best-arm identification: J.-Y. Audibert,
/// S. Bubeck, R. Munos 2010), and to the test alone, as many as to any. A condition is named when `RateEvidence` exceeds
/// what the error demands, divided among the conditions (weighted Bonferroni: the order has half, since it is the most
/// common cause). So a cause that is none is named with a probability of at most the error, whatever was run and
/// however often one looked. Where other tests matter, those that do are found by halving (`PrecedingTestsSearch`)
/// and confirmed by runs made after they were found.
package struct FlakeCauseSearch: Sendable {
  /// What is asked about.
  package struct Question: Sendable, Equatable {
    /// The tests that ran before it in the run, in their order.
    package var before: [String]
    /// All other tests of the run, which orders are drawn of; empty for those before.
    package var others: [String]
    /// The conditions to try beside it being alone and as in the run.
    package var conditions: [RerunCondition]
    /// Runs at most.
    package var budget: Int
    /// How likely a cause may be named that is none, 0 … 1.
    package var error: Double
    /// What the failure said that is asked about; nil where that is not known.
    package var signature: SignatureKey?

    /// A question.
    package init(
      before: [String], others: [String] = [], conditions: [RerunCondition] = RerunCondition.usual, budget: Int = 100,
      error: Double = 0.01
    ) {
      self.before = before
      self.others = others.isEmpty ? before : others
      self.conditions = conditions
      self.budget = budget
      self.error = error
    }
  }

  /// A condition with what came of it.
  struct Arm: Sendable, Equatable {
    let condition: RerunCondition
    let before: [String]
    /// The share of the error that is its own, among which naming the tests that matter is divided again.
    let weight: Double
    var count = TrialCount()
    var waiting = 0
    /// Runs in a row that told nothing.
    var silent = 0
    /// How often the search for the tests that matter was given up.
    var givenUp = 0
    /// ln of how much speaks for its being unlike the test alone.
    var evidence = 0.0

    var started: Int { count.total + waiting }
  }

  /// A search for the tests that matter.
  struct Narrowing: Sendable, Equatable {
    var search: PrecedingTestsSearch
    /// The condition whose tests it searches; for a cleaner the run's own.
    var arm: Int
    /// The polluters between which and the test a cleaner is sought; empty for a search for polluters or setters.
    var polluters: [String] = []
    /// What was seen after those before the search for a cleaner began: it was chosen for it.
    var baseBefore = TrialCount()
    /// Trials that were asked for, with the tests found by then; without a question for the test without them.
    var waiting: [Int: (required: [Int], question: PrecedingTestsSearch.Question?)] = [:]

    static func == (left: Narrowing, right: Narrowing) -> Bool {
      left.search == right.search && left.arm == right.arm && left.waiting.keys == right.waiting.keys
    }
  }

  /// Runs in a row that tell nothing after which a condition is left alone.
  static let mostSilent = 3
  /// ln of the ratio from which on the tests that matter are looked for: what is found is confirmed anyway.
  static let narrowsFrom = 3.0
  /// Searches for the tests that matter in one order at most.
  static let mostNarrowings = 2

  let question: Question
  /// All conditions; the first is the test alone.
  var arms: [Arm] = []
  var narrowing: Narrowing?
  /// What was found, once it was.
  var settled: FlakeCause?
  /// Trials by number that were asked for and not answered: the arm that each is of, nil for those of a narrowing.
  var open: [Int: Int?] = [:]
  /// Runs of each list of tests before it, to say at the end how often it failed with and without some of them.
  var history: [(before: [String], condition: RerunCondition, count: TrialCount)] = []
  /// Runs that were asked for.
  package private(set) var started = 0
  /// Runs that were answered.
  package private(set) var runs = 0
  /// Of these, those that told nothing.
  package private(set) var unusable = 0
  /// Sets of tests that were to be confirmed in searches that are over: each has half of the error of the one before.
  var setsTried = 0
  /// The polluters that were found while a cleaner is looked for.
  var pendingCause: FlakeCause?

  /// A search that has seen nothing.
  package init(_ question: Question) {
    self.question = question
    arms = [Arm(condition: .alone, before: [], weight: 0)]
    let orders = question.conditions.filter { $0.kind == .order }.compactMap { condition -> Arm? in
      guard case .order(let seed) = condition else { return nil }
      let before = Self.before(question.others, seed: seed)
      return before.isEmpty ? nil : Arm(condition: condition, before: before, weight: 0)
    }
    var sequences = orders
    if !question.before.isEmpty {
      sequences.insert(Arm(condition: .asInRun, before: question.before, weight: 0), at: 0)
    }
    let others = question.conditions.filter { ![.order, .alone, .asInRun, .after].contains($0.kind) }
    let units = others.count { $0.kind != .hashSeed } + (others.contains { $0.kind == .hashSeed } ? 1 : 0)
    let half = units == 0 ? 1 : 0.5
    for arm in sequences {
      // As in the run counts as much as all orders together.
      let share = arm.condition == .asInRun ? (orders.isEmpty ? 1 : 0.5) : 0.5 / Double(max(1, orders.count))
      arms.append(Arm(condition: arm.condition, before: arm.before, weight: half * share))
    }
    let rest = sequences.isEmpty ? 1 : 0.5
    for condition in others {
      arms.append(Arm(condition: condition, before: [], weight: rest / Double(max(1, units))))
    }
  }

  /// The tests that an order drawn with a seed puts before the test.
  ///
  /// - Parameter others: All other tests.
  package static func before(_ others: [String], seed: UInt64) -> [String] {
    var draw = SplitMix(state: seed)
    var order = others
    for index in order.indices.dropFirst().reversed() { order.swapAt(index, draw.below(index + 1)) }
    // The test itself is as likely at any place; of consecutive seeds every other has it in the later half.
    let half = order.count / 2
    let place = draw.below(half + 1) + (seed % 2 == 1 ? order.count - half : 0)
    return Array(order.prefix(place))
  }

  /// What was run, by conditions in the order in which they were first tried.
  package var tried: [(before: [String], condition: RerunCondition, count: TrialCount)] { history }

  // MARK: - Running

  /// The runs to make next, at most `limit`, which may be made at once; none when it is over, or when the answers to
  /// those that are under way are needed first.
  package mutating func next(limit: Int = 1) -> [CauseTrial] {
    var trials: [CauseTrial] = []
    while trials.count < limit, settled == nil, started < question.budget {
      guard let (arm, condition, before, note) = choose() else { break }
      let trial = CauseTrial(number: started, condition: condition, before: before)
      open[started] = arm
      if let arm { arms[arm].waiting += 1 }
      if let note { narrowing?.waiting[started] = note }
      started += 1
      trials.append(trial)
    }
    return trials
  }

  /// Whether nothing more is to be run.
  package var isOver: Bool {
    if settled != nil || (started >= question.budget && open.isEmpty) { return true }
    var copy = self
    return open.isEmpty && copy.next().isEmpty
  }

  /// Takes what came of a run; an answer to a run that was not asked for, or was answered, is left out.
  package mutating func record(_ trial: CauseTrial, _ outcome: RerunOutcome) {
    guard let arm = open.removeValue(forKey: trial.number) else { return }
    runs += 1
    if let arm { arms[arm].waiting -= 1 }
    let failed: Bool
    var isOtherwise = false
    switch outcome {
    case .passed: failed = false
    case .failed(let key):
      isOtherwise = question.signature != nil && key != nil && key != question.signature
      // What breaks a test by itself tells nothing of the failure that is asked about.
      if isOtherwise, trial.condition.kind.isDisruptive { return takeNothing(trial, arm) }
      failed = true
    case .unusable: return takeNothing(trial, arm)
    }
    note(trial, failed, isOtherwise)
    if let arm {
      arms[arm].count.add(failed: failed, otherwise: isOtherwise)
      arms[arm].silent = 0
      weigh(arm)
    }
    if let note = narrowing?.waiting.removeValue(forKey: trial.number) {
      if let question = note.question { narrowing?.search.take(failed: failed, question, required: note.required) }
    }
    if settled == nil { settle() }
  }

  /// Weighs what speaks for a condition; for all of them when the test alone was run.
  private mutating func weigh(_ arm: Int) {
    let alone = arms[0].count.pair
    for index in arm == 0 ? arms.indices : arm..<arm + 1 where index > 0 && arms[index].count.total > 0 {
      arms[index].evidence = RateEvidence.logarithm([alone, arms[index].count.pair])
    }
  }

  private mutating func takeNothing(_ trial: CauseTrial, _ arm: Int?) {
    unusable += 1
    if let arm { arms[arm].silent += 1 }
    narrowing?.waiting[trial.number] = nil
  }

  private mutating func note(_ trial: CauseTrial, _ failed: Bool, _ isOtherwise: Bool) {
    let index =
      history.firstIndex { $0.condition == trial.condition && $0.before == trial.before }
      ?? {
        history.append((trial.before, trial.condition, TrialCount()))
        return history.count - 1
      }()
    history[index].count.add(failed: failed, otherwise: isOtherwise)
  }
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood 2014): the same order from the same seed everywhere.
private struct SplitMix {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(count)).high)
  }
}
