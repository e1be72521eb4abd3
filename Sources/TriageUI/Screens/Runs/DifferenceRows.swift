import ItemQueries
import TriageModel

/// The rows of the difference of two runs: sections that have something, and what is not folded of them.
struct DifferenceRows {
  /// What one row shows.
  enum Row: Equatable {
    case section(ComparisonSection)
    case item(ComparisonSection, Int)
  }

  /// A section with more is folded until a person opens it.
  private static let longSection = 20

  /// The sections that are there, with how many each has, listed or not.
  let sections: [RunComparison.Section]
  private let rows: FoldedRows<ComparisonSection>

  /// - Parameter toggled: Sections that a person folded or unfolded.
  init(_ comparison: RunComparison, commits: Int, toggled: Set<ComparisonSection>) {
    sections = comparison.sections(commits: commits)
    let groups = sections.map { section, _ in
      FoldedRows.Group(key: section, count: section == .commits ? commits : comparison.items(of: section).count)
    }
    let long = groups.filter { $0.count > Self.longSection }.map(\.key)
    rows = FoldedRows(groups, folded: toggled.symmetricDifference(long))
  }

  var count: Int { rows.count }

  /// What a row shows; nil beyond the end.
  func row(at index: Int) -> Row? {
    switch rows.row(at: index) {
    case .heading(let place): .section(sections[place].section)
    case .item(let item, let place): .item(sections[place].section, item)
    case .rest, nil: nil
    }
  }

  private func place(of section: ComparisonSection) -> Int? { sections.firstIndex { $0.section == section } }

  /// The row of a section's heading.
  func row(of section: ComparisonSection) -> Int? { place(of: section).map { rows.row(ofGroup: $0) } }

  func isFolded(_ section: ComparisonSection) -> Bool { place(of: section).map { rows.isFolded($0) } ?? false }

  func size(of section: ComparisonSection) -> Int { place(of: section).map { sections[$0].count } ?? 0 }
}
