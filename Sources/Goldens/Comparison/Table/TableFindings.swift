internal import TriageModel

/// What judging a stretch of paired rows found; stretches are judged side by side and joined in order.
struct TableFindings: Sendable {
  /// Every two numbers that differ.
  var numbers = NumberDifferences(types: [])
  /// The extremes of those.
  var tally = NumberTally()
  /// Cells that differ beyond the tolerance, by column.
  private(set) var changed: [Int]
  /// The type of the numbers that differ in each column; nil where none does.
  private var types: [NumberType?]
  /// Cells that differ within the tolerance.
  var tolerated = 0
  /// Differing cells that no tolerance accepts.
  var intolerable = 0
  /// Cells that say the same and are written otherwise.
  var rewritten = 0
  /// Changed words.
  var words = WordTally()
  /// Cells that only one side has, and what differs as neither numbers nor words do.
  var otherChanges = 0
  /// Changed words of which nobody can see how they differ.
  var unseen = UnseenTally()
  /// Differences that rules set aside, by the rule's place.
  var setAside: [Int: Int] = [:]
  /// The first cell that differs: the row of the alignment and the column.
  var first: (place: Int, column: Int)?
  /// Cells beyond the columns that a ragged row has.
  var ragged = 0

  /// Nothing found yet in so many columns.
  init(columns: Int) {
    changed = Array(repeating: 0, count: columns)
    types = Array(repeating: nil, count: columns)
  }

  /// Adds what was found behind this.
  mutating func add(_ other: TableFindings) {
    numbers.append(other.numbers)
    tally.add(other.tally)
    grow(to: other.changed.count)
    for column in other.changed.indices {
      changed[column] += other.changed[column]
      if let type = other.types[column] { note(type, column) }
    }
    tolerated += other.tolerated
    intolerable += other.intolerable
    rewritten += other.rewritten
    words.add(other.words)
    otherChanges += other.otherChanges
    unseen.add(other.unseen)
    for (rule, count) in other.setAside { setAside[rule, default: 0] += count }
    first = first ?? other.first
    ragged = max(ragged, other.ragged)
  }

  /// Counts a changed cell in.
  mutating func addChange(_ place: Int, _ column: Int) {
    grow(to: column + 1)
    changed[column] += 1
    if first == nil { first = (place, column) }
  }

  /// The type of a column's numbers that differ; nil where none does.
  func type(of column: Int) -> NumberType? { column < types.count ? types[column] : nil }

  /// Notes the type of a number that differs.
  @inline(__always)
  mutating func note(_ type: NumberType, _ column: Int) {
    if types[column] != type { types[column] = types[column]?.coarser(type) ?? type }
  }

  private mutating func grow(to count: Int) {
    while changed.count < count {
      changed.append(0)
      types.append(nil)
    }
  }
}
