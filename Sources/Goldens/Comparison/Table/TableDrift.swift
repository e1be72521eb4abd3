internal import TriageModel

/// Gathers what tells the kind of change of tables.
struct TableDrift<Sides: TableSides> {
  let tables: [JudgedTable<Sides>]
  /// Changes of the file as a whole, a clause each.
  let structure: [String]
  /// Of all tables.
  let summary: ChangeSummary
  /// Of all tables, by what is judged together.
  let numbers: NumberDifferences
  /// Changes that nobody can see, a clause a kind.
  let unseen: [String]

  /// The verdict.
  func judge() -> Drift {
    var evidence = DriftEvidence(numbers: unexplained)
    evidence.columns = columns
    evidence.comparedNumbers = tables.reduce(0) { sum, table in
      sum + table.pairs * table.columns.count { $0.isNumeric && $0.expected != nil && $0.actual != nil }
    }
    evidence.lost = summary.lost
    evidence.regained = summary.regained
    evidence.unseen = unseen
    var words = WordTally()
    for table in tables where table.matching.permutation == nil {
      words.add(table.findings.words)
      evidence.otherChanges += otherChanges(table)
    }
    evidence.otherChanges += words.others
    evidence.words = words.pairs
    evidence.keptWords = keptWords(words)
    evidence.shape = structure + tables.flatMap(\.sides.columns.structure)
    evidence.rowShift = tables.lazy.compactMap(\.matching.shift).first
    evidence.isPermutation = tables.lazy.compactMap { order($0) }.first
    let drift = DriftJudge.judge(evidence)
    if let order = tables.lazy.compactMap(\.sides.columns.order).first { return reordered(drift, order) }
    guard drift.kind == .format else { return drift }
    return Drift(.format, summary.structure.isEmpty ? drift.proof : summary.structure.joined(separator: "; "))
  }

  /// Changes that are neither numbers nor words, and that no order of rows explains.
  private func otherChanges(_ table: JudgedTable<Sides>) -> Int {
    var count = table.findings.otherChanges
    if table.matching.shift == nil { count += table.removed + table.added }
    if order(table) == nil { count += table.moved }
    return count
  }

  /// A clause when both sides have the same rows, and some stand elsewhere.
  private func order(_ table: JudgedTable<Sides>) -> String? {
    if let clause = table.matching.permutation { return clause }
    guard table.moved > 0, table.removed == 0, table.added == 0 else { return nil }
    return "\(table.moved) of \(table.pairs) rows stand elsewhere, and both sides have the same rows"
  }

  /// The differences of tables whose rows are not merely in another order.
  private var unexplained: NumberDifferences {
    if tables.allSatisfy({ $0.matching.permutation == nil }) { return numbers }
    let isExplained = tables.flatMap { table in
      table.sides.columns.judgedNames.map { _ in table.matching.permutation != nil }
    }
    var rest = NumberDifferences(types: numbers.types)
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      if column < isExplained.count, isExplained[column] { continue }
      rest.append(
        expected: numbers.expected[index], actual: numbers.actual[index], place: Int(numbers.indices[index]),
        column: column)
    }
    return rest
  }

  /// The verdict when columns stand elsewhere too: rounding beside that leaves it a matter of order.
  private func reordered(_ drift: Drift, _ order: String) -> Drift {
    switch drift.kind {
    case .format: Drift(.permutation, order + ", and every value is the same")
    case .noise, .permutation: Drift(.permutation, order + "; " + drift.proof, with: drift.kinds)
    case .shape, .nanBorn: Drift(drift.kind, drift.proof + "; " + order, with: drift.kinds + [.permutation])
    case .offset, .factor, .shift, .clipping, .remap, .real, .oneSided, .setAside, .unknown:
      Drift(.real, order + "; " + drift.proof, with: drift.kinds + [.permutation])
    }
  }
}

// MARK: - Columns

extension TableDrift {
  /// Pairs of rows up to which all numbers of a changed column are looked at where they are dear to read.
  private static var fewRows: Int { 50_000 }

  /// What is known of the numbers of each column: of all, or of those that differ where rows are many and nothing in
  /// them looks like a bound that values were pulled to.
  private var columns: [DriftEvidence.Column] {
    var columns = tables.flatMap(\.sides.columns.judgedNames).map { DriftEvidence.Column(name: $0) }
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      guard columns.indices.contains(column) else { continue }
      columns[column].add(expected: numbers.expected[index], actual: numbers.actual[index])
    }
    var piled = Array(repeating: 0, count: columns.count)
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      guard columns.indices.contains(column), let range = columns[column].actual else { continue }
      let number = numbers.actual[index]
      if number == range.lowerBound || number == range.upperBound { piled[column] += 1 }
    }
    for table in tables { addAll(of: table, &columns, piled) }
    return columns
  }

  /// Counts all numbers of a table's columns that changed in, and says how many there are.
  private func addAll(of table: JudgedTable<Sides>, _ known: inout [DriftEvidence.Column], _ piled: [Int]) {
    let (columns, pairs) = (table.sides.columns, table.pairs)
    func series(_ column: Int) -> Int { table.series + columns.series(of: column) }
    let changed = columns.shared.filter { known[series($0)].compared > 0 }
    let isCheap = !Sides.Rows.areText || pairs <= Self.fewRows
    forEachPair(of: changed.filter { isCheap || piled[series($0)] > 2 }, table) {
      if let one = $1.number($2), let other = $3.number($4) {
        known[series($0)].add(expected: one, actual: other)
      }
    }
    for column in Set(changed.map(series)) { known[column].compared = 0 }
    for column in changed { known[series(column)].compared += pairs }
  }

  private typealias Visit = (Int, Sides.Rows, Sides.Rows.Cell, Sides.Rows, Sides.Rows.Cell) -> Void

  /// Hands out the cells of some columns of all rows that both sides have.
  private func forEachPair(of wanted: [Int], _ table: JudgedTable<Sides>, _ visit: Visit) {
    if wanted.isEmpty { return }
    let places = table.sides.columns.places(of: wanted)
    table.sides.withRows { left, right in
      var cells: (expected: [Sides.Rows.Cell], actual: [Sides.Rows.Cell]) = ([], [])
      for run in table.alignment.runs where run.kind == .equal || run.kind == .tolerated || run.kind == .changed {
        for offset in 0..<run.height {
          left.split(run.expected.lowerBound + offset, into: &cells.expected)
          if run.kind == .equal {
            // The same row: it is read once, for most rows of most goldens are so.
            for place in places where place.expected < cells.expected.count {
              visit(place.column, left, cells.expected[place.expected], left, cells.expected[place.expected])
            }
            continue
          }
          right.split(run.actual.lowerBound + offset, into: &cells.actual)
          for place in places where place.expected < cells.expected.count && place.actual < cells.actual.count {
            visit(place.column, left, cells.expected[place.expected], right, cells.actual[place.actual])
          }
        }
      }
    }
  }

  /// The changed words of the expected side that also stand unchanged in a column where words changed; nil of text whose
  /// numbers changed too, since then no renaming explains all.
  private func keptWords(_ words: WordTally) -> Set<String>? {
    guard !words.counts.isEmpty, numbers.count == 0 || !Sides.Rows.areText, words.counts.count < WordTally.limit else {
      return nil
    }
    let hashes = Dictionary(
      words.counts.keys.map { pair in
        (pair.expected.withUnsafeBytes { ByteHash.of($0) }, String(decoding: pair.expected, as: UTF8.self))
      }, uniquingKeysWith: { $1 })
    var kept: Set<String> = []
    for table in tables {
      let changed = table.sides.columns.shared.filter { table.columns[$0].changed > 0 }
      forEachPair(of: changed, table) { _, left, first, right, second in
        guard let word = hashes[left.hash(first, behind: 0)], left.isSame(first, right, second) else { return }
        kept.insert(word)
      }
    }
    return kept
  }
}
