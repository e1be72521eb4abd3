/// What a search for the cause of a flake has found, with what was seen: at any time, the best that is known.
package struct FlakeCause: Sendable, Equatable {
  /// What the test hangs on. The words are those of the literature (W. Lam et al., *iDFlakies*, 2019; A. Shi et al.,
  /// *iFixFlakies*, 2019).
  package enum Finding: Sendable, Equatable {
    /// A victim: it fails after its polluters, all of them, and not alone. A cleaner that runs between makes it pass.
    case polluters([String], cleaners: [String])
    /// A brittle test: it fails alone and passes after its state-setters.
    case stateSetters([String])
    /// It fails more often, or less, than alone after some tests, of which those that matter are not all found.
    case order(RerunCondition, candidates: [String])
    /// It fails more often, or less, under a condition than without.
    case condition(RerunCondition)
    /// The seed of the hash function decides: one makes it fail, one makes it pass.
    case hashSeed(failing: UInt32, passing: UInt32)
    /// It failed in every run, whatever was changed.
    case alwaysFails
    /// It passed in every run, whatever was changed: it is not reproduced here.
    case neverFails
    /// It failed and passed, and no condition is told from the rest; where one looks unlike, which.
    case notTold(nearest: RerunCondition?)
    /// No run told anything.
    case nothingKnown

    /// The word of machines.
    package var word: String {
      switch self {
      case .polluters: "polluter"
      case .stateSetters: "state-setter"
      case .order: "order"
      case .condition(let condition): condition.kind.word
      case .hashSeed: RerunCondition.Kind.hashSeed.word
      case .alwaysFails: "always-fails"
      case .neverFails: "never-fails"
      case .notTold: "not-told"
      case .nothingKnown: "nothing-known"
      }
    }

    /// Whether a cause is named.
    package var isCause: Bool {
      switch self {
      case .polluters, .stateSetters, .order, .condition, .hashSeed: true
      case .alwaysFails, .neverFails, .notTold, .nothingKnown: false
      }
    }
  }

  /// What it is.
  package var finding: Finding
  /// Runs under the condition that is named; of a finding without one, all runs.
  package var with: TrialCount
  /// The other runs.
  package var without: TrialCount
  /// Runs that were made.
  package var runs: Int
  /// Of these, runs that tell nothing.
  package var unusable: Int
  /// How likely chance alone makes the difference, at most; nil where none is named.
  package var chance: Double?

  /// A cause with what was seen of it.
  package init(
    finding: Finding, with: TrialCount, without: TrialCount, runs: Int, unusable: Int, chance: Double?
  ) {
    self.finding = finding
    self.with = with
    self.without = without
    self.runs = runs
    self.unusable = unusable
    self.chance = chance
  }

  /// `fails after test_cache_warm: 9 of 10, else 0 of 22`
  package var sentence: String { found + aside }

  /// That failures say another thing than the one that is asked about.
  private var aside: String {
    guard finding.isCause, with.otherwise > 0 else { return "" }
    return with.otherwise == with.failures
      ? "; but the failures say something else than the one of the run"
      : "; \(with.otherwise) of the failures say something else than the one of the run"
  }

  private var found: String {
    let rest = without.total > 0 ? ", else \(without.text)" : ""
    switch finding {
    case .polluters(let tests, let cleaners):
      let cleaned = cleaners.isEmpty ? "" : "; \(Self.list(cleaners)) run in between makes it pass"
      return "fails after \(Self.list(tests))\(tests.count > 1 ? " together" : ""): \(with.text)\(rest)\(cleaned)"
    case .stateSetters(let tests):
      return "passes only after \(Self.list(tests)): fails \(with.text), else \(without.text)"
    case .order(let condition, let candidates):
      let named = candidates.count <= 3 ? Self.list(candidates) : CountText.of(candidates.count, "test")
      return "\(verb) \(condition.text): \(fails)\(with.text)\(rest); narrowed to \(named), no further"
    case .condition(let condition):
      return "\(verb) \(condition.text): \(fails)\(with.text)\(rest)"
    case .hashSeed(let failing, let passing):
      return "the hash seed decides: fails with \(failing) \(with.text), with \(passing) \(without.text)"
    case .alwaysFails: return "failed in all \(CountText.of(with.total, "run")), whatever was changed"
    case .neverFails:
      return "passed in all \(CountText.of(with.total, "run")), whatever was changed: not reproduced here"
    case .notTold(let nearest):
      let hint = nearest.map { "; \($0.text) looks unlike, which chance alone may do" } ?? ""
      return "not told apart in \(CountText.of(runs, "run")): fails \(with.text), whatever was changed\(hint)"
    case .nothingKnown: return "nothing is known: no run told anything (\(CountText.of(unusable, "run")))"
    }
  }

  private var isMore: Bool { with.failures * max(1, without.total) >= without.failures * max(1, with.total) }
  private var verb: String { isMore ? "fails" : "passes" }
  private var fails: String { isMore ? "" : "fails " }

  private static func list(_ tests: [String]) -> String {
    guard let last = tests.last, tests.count > 1 else { return tests.first ?? "" }
    return tests.dropLast().joined(separator: ", ") + " and " + last
  }
}
