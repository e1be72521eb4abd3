import TriageModel

/// The rows of the difference of two runs: sections that have something, and what is not folded of them.
///
/// Rows are worked out when asked for: a hundred thousand new tests cost as little as one.
struct DifferenceRows: Equatable {
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

  private struct Part: Equatable {
    var section: Section
    /// How many tests it has, listed or not.
    var count: Int
    var start: Int
    var isFolded: Bool
  }

  private var parts: [Part] = []
  private(set) var count = 0

  /// - Parameter toggled: Sections that a person folded or unfolded.
  init(_ comparison: RunComparison, commits: Int, toggled: Set<Section>) {
    for section in Section.allCases {
      let size = section == .commits ? (commits > 1 ? commits : 0) : comparison.items(of: section).count
      guard size > 0 else { continue }
      let isFolded = (size > Self.longSection) != toggled.contains(section)
      let all = section.fate.map { comparison.count($0) } ?? size
      parts.append(Part(section: section, count: all, start: count, isFolded: isFolded))
      count += 1 + (isFolded ? 0 : size)
    }
  }

  /// The sections that are there, with how many each has.
  var sections: [(section: Section, count: Int)] { parts.map { ($0.section, $0.count) } }

  /// What a row shows; nil beyond the end.
  func row(at index: Int) -> Row? {
    guard index >= 0, index < count, let part = parts.last(where: { $0.start <= index }) else { return nil }
    return index == part.start ? .section(part.section) : .item(part.section, index - part.start - 1)
  }

  /// The row of a section's heading.
  func row(of section: Section) -> Int? { parts.first { $0.section == section }?.start }

  func isFolded(_ section: Section) -> Bool { parts.first { $0.section == section }?.isFolded ?? false }

  func size(of section: Section) -> Int { parts.first { $0.section == section }?.count ?? 0 }
}

extension RunComparison {
  /// The tests of a section that are listed; commits have none.
  func items(of section: DifferenceRows.Section) -> [Item] { section.fate.map { self[$0] } ?? [] }
}
