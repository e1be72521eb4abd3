internal import DataSyntax
internal import TriageModel

/// Gathers what tells the kind of change of two tables.
struct TableDrift {
  let sides: TableSides
  let matching: TableMatching
  let findings: TableFindings
  let summary: ChangeSummary
  let numbers: NumberDifferences
  let alignment: Alignment

  /// The verdict.
  func judge() -> Drift {
    if let columns = orderOfColumns { return Drift(.permutation, columns) }
    var evidence = DriftEvidence(numbers: numbers)
    evidence.comparedNumbers = pairs * sides.columns.count { $0.isNumeric && $0.expected != nil && $0.actual != nil }
    evidence.columns = columns
    evidence.nanBorn = summary.nanBorn
    evidence.words = findings.words.map { ($0.key.expected, $0.key.actual, $0.value) }
      .sorted { ($0.count, $1.expected) > ($1.count, $0.expected) }
    evidence.keptWords = keptWords
    evidence.shape = sides.structure
    evidence.rowShift = matching.shift
    evidence.isPermutation = orderOfRows
    let rows = summary.removed + summary.added
    evidence.otherChanges = findings.otherChanges + (matching.shift == nil ? rows : 0)
    if evidence.isPermutation == nil { evidence.otherChanges += summary.moved }
    let drift = DriftJudge.judge(evidence)
    guard drift.kind == .format else { return drift }
    return Drift(.format, summary.structure.isEmpty ? drift.proof : summary.structure.joined(separator: "; "))
  }

  /// Rows that both sides have.
  private var pairs: Int {
    alignment.runs.reduce(0) { sum, run in
      switch run.kind {
      case .equal, .tolerated, .changed, .movedHere: sum + run.height
      case .removed, .added, .movedAway: sum
      }
    }
  }

  /// A clause when nothing but the order of the columns differs.
  private var orderOfColumns: String? {
    let isAll = sides.columns.allSatisfy { $0.expected != nil && $0.actual != nil }
    let isElse = summary.changed + summary.removed + summary.added + summary.moved + summary.tolerated > 0
    guard sides.isReordered, isAll, !isElse, summary.nanBorn == 0 else { return nil }
    return "the \(sides.columns.count) columns are the same in another order"
  }

  /// A clause when both sides have the same rows, and some stand elsewhere.
  private var orderOfRows: String? {
    guard summary.moved > 0, summary.removed == 0, summary.added == 0 else { return nil }
    return "\(summary.moved) of \(pairs) rows stand elsewhere, and both sides have the same rows"
  }

  /// What is known of each column's numbers: of those that differ, and of all where they look clipped.
  private var columns: [DriftEvidence.Column] {
    var columns = sides.columns.map { DriftEvidence.Column(name: $0.name) }
    var actuals: [Set<Double>] = Array(repeating: [], count: columns.count)
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      guard columns.indices.contains(column) else { continue }
      columns[column].add(expected: numbers.expected[index], actual: numbers.actual[index])
      if actuals[column].count < 3 { actuals[column].insert(numbers.actual[index]) }
    }
    let clipped = columns.indices.filter { !actuals[$0].isEmpty && actuals[$0].count < 3 && columns[$0].compared > 2 }
    for column in clipped { addAll(&columns[column], column) }
    for column in columns.indices where columns[column].compared > 0 { columns[column].compared = pairs }
    return columns
  }

  /// Counts all numbers of a column in.
  private func addAll(_ known: inout DriftEvidence.Column, _ column: Int) {
    guard let first = sides.columns[column].expected, let second = sides.columns[column].actual else { return }
    TableRows.with(sides) { left, right in
      for run in alignment.runs where run.kind == .equal || run.kind == .tolerated || run.kind == .changed {
        for offset in 0..<run.height {
          guard let one = left.cell(run.expected.lowerBound + offset, first).flatMap(left.number),
            let other = right.cell(run.actual.lowerBound + offset, second).flatMap(right.number)
          else { continue }
          known.add(expected: one.value, actual: other.value)
        }
      }
    }
  }

  /// The changed words of the expected side that also stand unchanged in a column where words changed; nil when numbers
  /// changed too, since then no renaming explains all.
  private var keptWords: Set<String>? {
    guard !findings.words.isEmpty, numbers.count == 0, findings.words.count < TableFindings.wordLimit else {
      return nil
    }
    let wanted = Set(findings.words.keys.map(\.expected))
    var kept: Set<String> = []
    let changed = sides.columns.indices.filter { sides.columns[$0].changed > 0 }
    let hashes = Dictionary(
      wanted.map { word in (Array(word.utf8).withUnsafeBytes { ByteHash.of($0) }, word) }, uniquingKeysWith: { $1 })
    TableRows.with(sides) { left, right in
      for run in alignment.runs where run.kind == .equal || run.kind == .tolerated || run.kind == .changed {
        for row in 0..<run.height {
          for column in changed {
            guard let first = sides.columns[column].expected, let second = sides.columns[column].actual,
              let one = left.cell(run.expected.lowerBound + row, first),
              let word = hashes[ByteHash.of(UnsafeRawBufferPointer(left.content(one)))],
              let other = right.cell(run.actual.lowerBound + row, second),
              left.content(one).elementsEqual(right.content(other))
            else { continue }
            kept.insert(word)
          }
        }
        if kept.count == wanted.count { return }
      }
    }
    return kept
  }
}
