package import TriageModel

/// How a run differs from an earlier one.
package struct RunComparison: Sendable, Equatable {
  /// A test in both runs, or in one.
  package struct Item: Sendable, Equatable {
    /// The test's stable name.
    package var test: String
    /// What it did in the earlier run; nil when it was not there.
    package var before: ResultRecord?
    /// What it did in the later run; nil when it was not there.
    package var after: ResultRecord?

    /// Seconds that it took longer.
    package var gain: Double { (after?.duration ?? 0) - (before?.duration ?? 0) }
  }

  /// What became of a test between two runs; a new test that fails is both new and newly failing.
  package enum Fate: String, Sendable, CaseIterable {
    /// Fails now and did not before; tests that are new and fail are here as well.
    case newlyFailing = "newly_failing"
    /// Failed before and does not now.
    case fixed
    /// Fails in both.
    case stillFailing = "still_failing"
    /// Only in the later run.
    case added = "new_tests"
    /// Only in the earlier run.
    case vanished = "vanished_tests"
    /// Took at least twice as long and half a second longer.
    case slower
  }

  /// Tests of a fate that a comparison holds unless more are asked for; its counts are true in any case.
  package static let most = 1000

  /// The tests of a fate by name, the slower ones by what they gained; at most as many as were asked for.
  package var items: [Fate: [Item]] = [:]
  /// How many tests have a fate, shown or not.
  package var counts: [Fate: Int] = [:]

  /// The tests of a fate that are held.
  package subscript(fate: Fate) -> [Item] { items[fate] ?? [] }

  /// How many tests have a fate.
  package func count(_ fate: Fate) -> Int { counts[fate] ?? 0 }
}
