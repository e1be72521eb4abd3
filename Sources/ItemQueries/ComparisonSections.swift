package import TriageModel

/// A part of what differs between two runs.
package enum ComparisonSection: Hashable, Sendable {
  /// Tests that have one fate.
  case tests(RunComparison.Fate)
  /// The commits after the earlier run.
  case commits

  /// The heading.
  package var title: String {
    switch self {
    case .tests(let fate): fate.title
    case .commits: "commits since the earlier run"
    }
  }

  /// What became of its tests; commits have no fate.
  package var fate: RunComparison.Fate? { if case .tests(let fate) = self { fate } else { nil } }
}

extension RunComparison {
  /// A section, and how much it has, listed or not.
  package typealias Section = (section: ComparisonSection, count: Int)

  /// The sections that have something, in the order in which the screen and the command show them; of a single commit
  /// the names of the runs tell.
  package func sections(commits: Int) -> [Section] {
    let fates = Fate.allCases.map { (section: ComparisonSection.tests($0), count: count($0)) }
    return (fates + [(.commits, commits > 1 ? commits : 0)]).filter { $0.count > 0 }
  }

  /// The tests of a section that are listed; commits have none.
  package func items(of section: ComparisonSection) -> [Item] { section.fate.map { self[$0] } ?? [] }
}
