import TestSupport
import FailureAnalysis
import TriageModel

/// A test whose cause is known, to see whether a search finds it.
struct SimulatedTest {
  /// What it hangs on.
  enum Kind {
    /// It fails after all of these tests, unless a cleaner ran behind them.
    case victim([String], rate: Double, cleaner: String? = nil)
    /// It passes only after this test.
    case brittle(String)
    /// It fails with this share of the hash seeds, which are drawn at random unless one is given.
    case hashSeed(share: Double)
    case condition(RerunCondition.Kind, rate: Double, else: Double)
    case flake(Double)
  }

  let kind: Kind
  var numbers: Seeded
  private let salt: UInt64

  init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    numbers = Seeded(state: seed)
    salt = numbers.next()
  }

  /// Whether it fails with a hash seed.
  func fails(withSeed seed: UInt32, _ share: Double) -> Bool {
    var own = Seeded(state: salt &+ UInt64(seed) &* 0x1234_5677)
    return own.chance(share)
  }

  mutating func run(_ trial: CauseTrial) -> RerunOutcome { numbers.chance(rate(trial)) ? .failed(nil) : .passed }

  private mutating func rate(_ trial: CauseTrial) -> Double {
    switch kind {
    case .victim(let polluters, let rate, let cleaner):
      let places = polluters.compactMap { trial.before.firstIndex(of: $0) }
      guard places.count == polluters.count, let last = places.max() else { return 0 }
      if let cleaner, let place = trial.before.lastIndex(of: cleaner), place > last { return 0 }
      return rate
    case .brittle(let setter): return trial.before.contains(setter) ? 0 : 1
    case .hashSeed(let share):
      if case .hashSeed(let seed) = trial.condition { return fails(withSeed: seed, share) ? 1 : 0 }
      return share
    case .condition(let kind, let rate, let other): return trial.condition.kind == kind ? rate : other
    case .flake(let rate): return rate
    }
  }

  /// What a search says of it, run until it ends.
  mutating func cause(_ question: FlakeCauseSearch.Question, atOnce limit: Int = 1) -> FlakeCause {
    var search = FlakeCauseSearch(question)
    while true {
      let trials = search.next(limit: limit)
      if trials.isEmpty { return search.cause }
      for trial in trials { search.record(trial, run(trial)) }
    }
  }

  /// Ids of tests of a file.
  static func names(_ count: Int) -> [String] { (0..<count).map { "test_app.py::test_\($0)" } }
}
