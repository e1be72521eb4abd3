/// What a test's failure probably is, with the evidence and what would change it.
package struct Verdict: Sendable, Equatable {
  /// The labels, in the order they are decided.
  package enum Label: String, MachineWord, Sendable, CaseIterable {
    case muted
    case infra
    case massFailure = "mass failure"
    case new
    case broken
    case flaky
    case fixed
    case passing
    case unknown

    /// The order in which verdicts want a person, the most urgent 0: what is new before what is known.
    package var urgency: Int {
      switch self {
      case .new: 0
      case .broken: 1
      case .unknown: 2
      case .massFailure: 3
      case .infra: 4
      case .flaky: 5
      case .muted: 6
      case .fixed: 7
      case .passing: 8
      }
    }

    /// The letter that stands for it in a narrow column; none is an outcome's too.
    package var letter: Character {
      switch self {
      case .new: "N"
      case .broken: "B"
      case .unknown: "?"
      case .massFailure: "A"
      case .infra: "I"
      case .flaky: "~"
      case .muted: "M"
      case .fixed: "+"
      case .passing: "P"
      }
    }
  }

  /// The commits between the last run that passed and the first that failed.
  package struct Range: Sendable, Equatable {
    /// The run that passed last before; nil when none is known.
    package var lastPass: RunKey?
    /// The run that failed first.
    package var firstFailure: RunKey
    /// The earliest and the latest run that the change can lie at, with 99 %.
    package var earliest: RunKey
    /// See `earliest`.
    package var latest: RunKey

    /// A range.
    package init(lastPass: RunKey?, firstFailure: RunKey, earliest: RunKey, latest: RunKey) {
      self.lastPass = lastPass
      self.firstFailure = firstFailure
      self.earliest = earliest
      self.latest = latest
    }
  }

  /// The label.
  package var label: Label
  /// Why, a clause each with its numbers: `failed 25 of 25 runs since, passed 15 of 15 before`.
  package var why: [String]
  /// What would change it, a clause each: `one pass at this commit makes it flaky`.
  package var flips: [String]
  /// Where it broke, for `broken` and `fixed`.
  package var range: Range?
  /// The runs since the break in which a failure showed first that the break did not begin with.
  package var failureChanges: [RunKey] = []
  /// The first run that passed again, for `fixed`.
  package var fixedIn: RunKey?
  /// The share of runs with a failing attempt and its 95 % interval, for `flaky`; a pass on retry counts.
  package var rate: Rate?

  /// Whose runs it speaks of, where the history has several streams: `main, 3.12`.
  package var stream: String?

  /// A share with its interval.
  package struct Rate: Sendable, Hashable {
    /// How often.
    package var count: Int
    /// Of how many.
    package var of: Int
    /// The lower end of Wilson's 95 % interval, 0 … 1.
    package var low: Double
    /// The upper end.
    package var high: Double

    /// How often, 0 … 1.
    package var share: Double { of > 0 ? Double(count) / Double(of) : 0 }

    /// `with 95 % between 7 % and 27 %`.
    package var interval: String { "with 95 % between \(ShareText.of(low)) and \(ShareText.of(high))" }

    /// A share.
    package init(count: Int, of: Int, low: Double, high: Double) {
      self.count = count
      self.of = of
      self.low = low
      self.high = high
    }
  }

  /// A verdict.
  package init(_ label: Label, why: [String], flips: [String] = [], range: Range? = nil, rate: Rate? = nil) {
    self.label = label
    self.why = why
    self.flips = flips
    self.range = range
    self.rate = rate
  }
}
