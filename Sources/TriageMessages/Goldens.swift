package import Goldens
package import TriageModel

/// The golden changes of a run, as far as they are known.
package struct GoldenList: Sendable, Equatable {
  /// The run.
  package var run: RunRef
  /// Sorted by place; drift and summary come as they are compared.
  package var changes: [GoldenChange]
  /// How many are compared.
  package var compared: Int
  /// Whether nothing more is to come.
  package var isComplete: Bool

  /// The golden changes of a run.
  package init(run: RunRef, changes: [GoldenChange], compared: Int, isComplete: Bool) {
    self.run = run
    self.changes = changes
    self.compared = compared
    self.isComplete = isComplete
  }
}

/// A question for the comparison of one golden.
package struct ComparisonRequest: Sendable, Equatable, Hashable {
  /// Which two of the three are compared; only a stale golden has three.
  package enum Sides: Sendable, Equatable, Hashable, CaseIterable {
    /// The golden as the run knew it, and what the run produced.
    case expectedActual
    /// The golden as it is now, and what the run produced.
    case currentActual
    /// The golden as the run knew it, and as it is now.
    case expectedCurrent
  }

  /// The run.
  package var run: RunRef
  /// The golden.
  package var golden: GoldenLocation
  /// Which two of the three are compared.
  package var sides: Sides
  /// Whether it is compared as text, whatever its kind.
  package var asText: Bool

  /// A question for a comparison.
  package init(
    run: RunRef, golden: GoldenLocation, sides: Sides = .expectedActual, asText: Bool = false
  ) {
    self.run = run
    self.golden = golden
    self.sides = sides
    self.asText = asText
  }
}

/// The answer to a `ComparisonRequest`.
package struct ComparisonAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: ComparisonRequest
  /// What was found; nil when a side could not be read.
  package var comparison: Comparison?
  /// Why there is no comparison, as a sentence.
  package var problem: String?

  /// An answer.
  package init(request: ComparisonRequest, comparison: Comparison?, problem: String? = nil) {
    self.request = request
    self.comparison = comparison
    self.problem = problem
  }

  /// Answers to one question are the same: a reload asks anew, with another revision.
  package static func == (left: ComparisonAnswer, right: ComparisonAnswer) -> Bool {
    left.request == right.request && left.problem == right.problem
      && (left.comparison == nil) == (right.comparison == nil)
  }
}

/// How many differences another tolerance would leave; answers of an older generation are dropped.
package struct WhatIfRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int
  /// The comparison that is looked at.
  package var comparison: ComparisonRequest
  /// The tolerance to try.
  package var tolerance: Tolerance

  /// A question.
  package init(generation: Int, comparison: ComparisonRequest, tolerance: Tolerance) {
    self.generation = generation
    self.comparison = comparison
    self.tolerance = tolerance
  }
}

/// The answer to a `WhatIfRequest`.
package struct WhatIfAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: WhatIfRequest
  /// Differences that are left: in numbers, and those that no tolerance accepts.
  package var remaining: Int

  /// An answer.
  package init(request: WhatIfRequest, remaining: Int) {
    self.request = request
    self.remaining = remaining
  }
}
