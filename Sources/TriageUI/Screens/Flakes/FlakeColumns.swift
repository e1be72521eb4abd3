import SafeText
import TriageModel

/// Which columns the list of flaky tests has in a width: as many facts as fit, the name always, then the grid.
struct FlakeColumns: Equatable {
  /// A fact of a test.
  enum Fact: Equatable {
    case cost
    case rate
    case trend
    case interval
    case failures
    case lastSeen
    case owner
    case verdict

    /// What stands over the column.
    var head: String {
      switch self {
      case .cost: "cost"
      case .rate: "rate"
      case .trend: "trend"
      case .interval: "95 %"
      case .failures: "failed"
      case .lastSeen: "last seen"
      case .owner: "owner"
      case .verdict: "verdict"
      }
    }

    /// Whether numbers stand below each other.
    var isNumber: Bool {
      switch self {
      case .cost, .rate, .interval, .failures: true
      case .trend, .lastSeen, .owner, .verdict: false
      }
    }
  }

  /// The columns that names take: the longest alone, and the longest with its suite.
  struct NameWidths: Equatable {
    var short = 0
    var full = 0
  }

  /// A column of facts.
  struct Column: Equatable {
    var fact: Fact
    var x: Int
    var width: Int
  }

  /// The facts, from the left.
  private(set) var facts: [Column] = []
  /// Where names begin, and their columns.
  let name: (x: Int, width: Int)
  /// Where the grid begins, and its columns, one a run.
  let grid: (x: Int, width: Int)

  /// Whether there is room for suites behind the names.
  let showsSuites: Bool

  private static let gap = 2

  init(width: Int, names: NameWidths, runs: Int, hasOwners: Bool, showsVerdicts: Bool) {
    var x = 2
    for (fact, columns) in Self.facts(width: width, hasOwners: hasOwners, showsVerdicts: showsVerdicts) {
      facts.append(Column(fact: fact, x: x, width: columns))
      x += columns + Self.gap
    }
    let room = max(0, width - x - Self.gap - 1)
    // The grid gets what short names leave, and suites what the grid leaves.
    let least = min(runs, room * 2 / 5)
    let short = max(8, min(names.short, room - least))
    let grid = max(0, min(runs, room - short))
    let name = max(0, min(names.full, room - grid))
    showsSuites = name > short + 10
    self.name = (x, showsSuites ? name : short)
    self.grid = (x + self.name.width + Self.gap, grid)
  }

  private static func facts(width: Int, hasOwners: Bool, showsVerdicts: Bool) -> [(Fact, Int)] {
    var facts: [(Fact, Int)] = [(.cost, 7), (.rate, 5), (.trend, width >= 120 ? 7 : 1)]
    if width >= 140 { facts.append((.interval, 8)) }
    if width >= 120 { facts.append((.failures, 6)) }
    if width >= 100 { facts.append((.lastSeen, 10)) }
    if width >= 120, hasOwners { facts.append((.owner, 14)) }
    if showsVerdicts { facts.append((.verdict, width >= 100 ? 12 : 7)) }
    return facts
  }

  static func == (left: FlakeColumns, right: FlakeColumns) -> Bool {
    left.facts == right.facts && left.name == right.name && left.grid == right.grid
  }
}
