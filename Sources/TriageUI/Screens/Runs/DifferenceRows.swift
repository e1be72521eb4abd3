import TriageModel

/// The rows of the difference of two runs: sections that have something, and what is not folded of them.
struct DifferenceRows {
  /// The sections, in the order they are shown.
  enum Section: Int, CaseIterable, Sendable {
    case newlyFailing
    case fixed
    case nowSkipped
    case stillFailing
    case added
    case vanished
    case slower
    case commits

    /// What became of its tests; commits have no fate.
    var fate: RunComparison.Fate? {
      switch self {
      case .newlyFailing: .newlyFailing
      case .fixed: .fixed
      case .nowSkipped: .nowSkipped
      case .stillFailing: .stillFailing
      case .added: .added
      case .vanished: .vanished
      case .slower: .slower
      case .commits: nil
      }
    }

    /// The heading.
    var title: String {
      switch self {
      case .newlyFailing: "newly failing"
      case .fixed: "fixed"
      case .nowSkipped: "skipped now"
      case .stillFailing: "still failing"
      case .added: "new tests"
      case .vanished: "vanished tests"
      case .slower: "slower"
      case .commits: "commits since the earlier run"
      }
    }
  }

  /// What one row shows.
  enum Row: Equatable {
    case section(Section)
    case item(Section, Int)
  }

  /// A section with more is folded until a person opens it.
  private static let longSection = 20

  /// The sections that are there, with how many each has, listed or not.
  let sections: [(section: Section, count: Int)]
  private let rows: FoldedRows<Section>

  /// - Parameter toggled: Sections that a person folded or unfolded.
  init(_ comparison: RunComparison, commits: Int, toggled: Set<Section>) {
    var sections: [(section: Section, count: Int)] = []
    var groups: [FoldedRows<Section>.Group] = []
    for section in Section.allCases {
      let size = section == .commits ? (commits > 1 ? commits : 0) : comparison.items(of: section).count
      guard size > 0 else { continue }
      sections.append((section, section.fate.map { comparison.count($0) } ?? size))
      groups.append(FoldedRows.Group(key: section, count: size))
    }
    self.sections = sections
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

  private func place(of section: Section) -> Int? { sections.firstIndex { $0.section == section } }

  /// The row of a section's heading.
  func row(of section: Section) -> Int? { place(of: section).map { rows.row(ofGroup: $0) } }

  func isFolded(_ section: Section) -> Bool { place(of: section).map { rows.isFolded($0) } ?? false }

  func size(of section: Section) -> Int { place(of: section).map { sections[$0].count } ?? 0 }
}

extension RunComparison {
  /// The tests of a section that are listed; commits have none.
  func items(of section: DifferenceRows.Section) -> [Item] { section.fate.map { self[$0] } ?? [] }
}
