/// Matches the rows of two tables: by key columns that are named or found, else by what the rows say.
struct TableMatcher<Sides: TableSides>: Sendable {
  /// Rows that are looked at before a column is read whole as a key.
  private static var sample: Int { 256 }
  /// Columns, from the left, among which a key is looked for.
  private static var reach: Int { 32 }
  /// Columns that are read whole in search of a key.
  private static var candidates: Int { 4 }

  let sides: Sides
  let options: ComparisonOptions

  private var columns: TableColumns { sides.columns }

  /// Matches all rows: by the columns that the person named, else in another way.
  func match(otherwise: () -> TableMatching) -> TableMatching {
    var remarks: [String] = []
    let named = namedKeys(&remarks)
    var matching = named.isEmpty ? otherwise() : byNamedKeys(named)
    matching.remarks = remarks + matching.remarks
    return matching
  }

  /// Matches all rows: by named columns, by a column that is found to be a key, or by what the rows say.
  func match() -> TableMatching {
    match { byFoundKey() ?? byContent() }
  }

  /// The columns that the person named.
  private func namedKeys(_ remarks: inout [String]) -> [Int] {
    var found: [Int] = []
    for name in options.keys {
      if let column = columns.shared.first(where: { columns.list[$0].name == name }) {
        found.append(column)
      } else {
        remarks.append("No column that both sides have is called \(name): rows are matched without it.")
      }
    }
    return found
  }

  private func byNamedKeys(_ named: [Int]) -> TableMatching {
    var (left, right) = sides.withRows { left, right in
      (
        RowKeys(left, columns: named.compactMap { columns.list[$0].expected }),
        RowKeys(right, columns: named.compactMap { columns.list[$0].actual })
      )
    }
    let repeats = max(left.numberRepeats(), right.numberRepeats())
    var matching = Self.match(KeyIndex(left), left, right)
    matching.keys = named
    if repeats > 0 {
      let names = named.map { columns.list[$0].name }.joined(separator: ", ")
      matching.remarks.append("\(repeats) rows repeat the key \(names) of another and were matched by their order.")
    }
    return matching
  }

  /// A column of whole numbers or words that is unique on both sides, and that most rows of both sides share.
  private func byFoundKey() -> TableMatching? {
    let found = columns.compared.prefix(Self.reach).filter { column in
      guard let left = keys(column, .expected, limit: Self.sample), KeyIndex(left).isUnique,
        let right = keys(column, .actual, limit: Self.sample), KeyIndex(right).isUnique
      else { return false }
      return true
    }
    for column in found.prefix(Self.candidates) {
      let both = Parallel.map(2) { side in keys(column, side == 0 ? .expected : .actual).map { ($0, KeyIndex($0)) } }
      guard let left = both[0], let right = both[1], left.1.isUnique, right.1.isUnique else { continue }
      // Running numbers say where a row stands, and not which it is.
      if left.0.isCount, right.0.isCount, left.0.values.count > 1 || right.0.values.count > 1 {
        guard left.0.values == right.0.values else { continue }
        if let matching = content(counter: column).shiftOrOrder() { return matching }
        var matching = Self.match(left.1, left.0, right.0)
        matching.keys = [column]
        return matching
      }
      var matching = Self.match(left.1, left.0, right.0)
      if !Self.isTrustworthy(matching, left.0, right.0) { continue }
      matching.keys = [column]
      return matching
    }
    return nil
  }

  /// Words and rising numbers are keys when half of the rows have them on both sides; other numbers, which may be
  /// measurements that happen to be unique, when nearly all have.
  private static func isTrustworthy(_ matching: TableMatching, _ left: RowKeys, _ right: RowKeys) -> Bool {
    var matched = 0
    for run in matching.runs where run.kind == .changed || run.kind == .movedHere { matched += run.actual.count }
    let count = min(left.values.count, right.values.count)
    let isRising = left.isRising && right.isRising
    return left.integers == nil || isRising ? matched * 2 >= count : matched * 5 >= count * 4
  }

  /// The column whose running numbers differ in length only.
  private func counter() -> Int? {
    columns.compared.prefix(1).first { column in
      guard let left = keys(column, .expected), let right = keys(column, .actual) else { return false }
      return left.isCount && right.isCount && left.values.first == right.values.first && left.values.count > 1
    }
  }

  private func byContent() -> TableMatching {
    var content = content(counter: counter())
    return content.match()
  }

  private func content(counter: Int?) -> TableContentMatcher<Sides> {
    TableContentMatcher(sides: sides, counter: counter, steps: 4 * options.limits.alignmentSteps)
  }

  private enum Side { case expected, actual }

  private func keys(_ column: Int, _ side: Side, limit: Int = .max) -> RowKeys? {
    sides.withRows { left, right in
      switch side {
      case .expected: columns.list[column].expected.flatMap { RowKeys(left, column: $0, limit: limit) }
      case .actual: columns.list[column].actual.flatMap { RowKeys(right, column: $0, limit: limit) }
      }
    }
  }

  private static func match(_ index: KeyIndex, _ expected: RowKeys, _ actual: RowKeys) -> TableMatching {
    let partner = actual.values.map { key in Int32(truncatingIfNeeded: index.row(of: key) ?? -1) }
    return TableMatching(partner: partner, expectedCount: expected.values.count)
  }
}
