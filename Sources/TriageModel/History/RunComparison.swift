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

    /// A test and what it did in both runs.
    package init(test: String, before: ResultRecord?, after: ResultRecord?) {
      self.test = test
      self.before = before
      self.after = after
    }

    /// The test's name, with the leg that is meant where it has one.
    package var name: String {
      let leg = (after ?? before)?.leg ?? ""
      return leg.isEmpty ? test : "\(test) [\(leg)]"
    }

    /// Seconds that it took longer; 0 where either did not say.
    package var gain: Double {
      guard let before = before?.duration, let after = after?.duration else { return 0 }
      return after - before
    }
  }

  /// What became of a test between two runs; its raw value is the name in JSON.
  package enum Fate: String, Sendable, CaseIterable {
    case newlyFailing = "newly_failing"
    case fixed
    case nowSkipped = "now_skipped"
    case stillFailing = "still_failing"
    case added = "new_tests"
    case vanished = "vanished_tests"
    case slower

    /// What people read: the same words; what is added or vanished may be a test or another item.
    package var title: String {
      switch self {
      case .added, .vanished: "\(self)"
      case .newlyFailing, .fixed, .nowSkipped, .stillFailing, .slower: rawValue.replacing("_", with: " ")
      }
    }
  }

  /// Tests of a fate that are listed unless more are asked for.
  package static let most = 1000

  /// Fails now and did not before; tests that are new and fail are here as well.
  package var newlyFailing: [Item] = []
  /// Failed before and passes now.
  package var fixed: [Item] = []
  /// Failed before and is left out now: nobody knows whether it was mended.
  package var nowSkipped: [Item] = []
  /// Fails in both.
  package var stillFailing: [Item] = []
  /// Only in the later run.
  package var added: [Item] = []
  /// Only in the earlier run.
  package var vanished: [Item] = []
  /// Took at least twice as long and half a second longer, the greatest difference first.
  package var slower: [Item] = []
  /// How many tests have a fate besides those that are listed.
  package var unlisted: [Fate: Int] = [:]

  /// Nothing differs.
  package init() {}

  /// The tests of a fate that are listed.
  package subscript(fate: Fate) -> [Item] {
    get {
      switch fate {
      case .newlyFailing: newlyFailing
      case .fixed: fixed
      case .nowSkipped: nowSkipped
      case .stillFailing: stillFailing
      case .added: added
      case .vanished: vanished
      case .slower: slower
      }
    }
    set {
      switch fate {
      case .newlyFailing: newlyFailing = newValue
      case .fixed: fixed = newValue
      case .nowSkipped: nowSkipped = newValue
      case .stillFailing: stillFailing = newValue
      case .added: added = newValue
      case .vanished: vanished = newValue
      case .slower: slower = newValue
      }
    }
  }

  /// How many tests have a fate, listed or not.
  package func count(_ fate: Fate) -> Int { self[fate].count + (unlisted[fate] ?? 0) }
}

/// What became of a repository's tests since a person looked at its runs last.
package struct LookDifference: Sendable, Equatable {
  /// The run that was looked at last.
  package var run: RunRecord
  /// Names of tests that fail now and did not then.
  package var newlyFailing: [String]
  /// Names of tests that failed then and pass now.
  package var fixed: [String]

  /// What became of tests since a run.
  package init(run: RunRecord, newlyFailing: [String], fixed: [String]) {
    self.run = run
    self.newlyFailing = newlyFailing
    self.fixed = fixed
  }
}
