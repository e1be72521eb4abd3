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
  /// Changes that nobody can see, a clause a kind.
  let unseen: [String]

  /// The verdict.
  func judge() -> Drift {
    var evidence = DriftEvidence(numbers: numbers)
    evidence.comparedNumbers = pairs * sides.columns.count { $0.isNumeric && $0.expected != nil && $0.actual != nil }
    evidence.columns = columns
    evidence.lost = summary.lost
    evidence.regained = summary.regained
    evidence.unseen = unseen
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
    if let order = sides.order { return reordered(drift, order) }
    guard drift.kind == .format else { return drift }
    return Drift(.format, summary.structure.isEmpty ? drift.proof : summary.structure.joined(separator: "; "))
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

  /// Rows that both sides have.
  private var pairs: Int {
    alignment.runs.reduce(0) { sum, run in
      switch run.kind {
      case .equal, .tolerated, .changed, .movedHere: sum + run.height
      case .removed, .added, .movedAway: sum
      }
    }
  }

  /// A clause when both sides have the same rows, and some stand elsewhere.
  private var orderOfRows: String? {
    guard summary.moved > 0, summary.removed == 0, summary.added == 0 else { return nil }
    return "\(summary.moved) of \(pairs) rows stand elsewhere, and both sides have the same rows"
  }

  /// Pairs of rows up to which all numbers of a changed column are looked at.
  private static let fewRows = 50_000

  /// What is known of each column's numbers: of all, or of those that differ where rows are many and nothing in them
  /// looks like a bound that values were pulled to.
  private var columns: [DriftEvidence.Column] {
    var columns = sides.columns.map { DriftEvidence.Column(name: $0.name) }
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
    let count = pairs
    let changed = columns.indices.filter { columns[$0].compared > 0 }
    addAll(&columns, changed.filter { piled[$0] > 2 || count <= Self.fewRows })
    for column in changed { columns[column].compared = count }
    return columns
  }

  /// Counts all numbers of some columns in.
  private func addAll(_ known: inout [DriftEvidence.Column], _ wanted: [Int]) {
    if wanted.isEmpty { return }
    forEachPair(of: wanted) { column, left, first, right, second in
      if let one = left.measure(first), let other = right.measure(second) {
        known[column].add(expected: one.number.value, actual: other.number.value)
      }
    }
  }

  /// Hands out the cells of some columns of all rows that both sides have.
  private func forEachPair(
    of wanted: [Int], _ visit: (Int, TableRows, CSVCell, TableRows, CSVCell) -> Void
  ) {
    let places = wanted.compactMap { column -> (column: Int, expected: Int, actual: Int)? in
      guard let first = sides.columns[column].expected, let second = sides.columns[column].actual else { return nil }
      return (column, first, second)
    }
    TableRows.with(sides) { left, right in
      var cells: (expected: [CSVCell], actual: [CSVCell]) = ([], [])
      for run in alignment.runs where run.kind == .equal || run.kind == .tolerated || run.kind == .changed {
        for offset in 0..<run.height {
          left.split(run.expected.lowerBound + offset, into: &cells.expected)
          right.split(run.actual.lowerBound + offset, into: &cells.actual)
          for place in places where place.expected < cells.expected.count && place.actual < cells.actual.count {
            visit(place.column, left, cells.expected[place.expected], right, cells.actual[place.actual])
          }
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
    forEachPair(of: changed) { _, left, first, right, second in
      guard let word = hashes[ByteHash.of(UnsafeRawBufferPointer(left.content(first)))],
        left.content(first).elementsEqual(right.content(second))
      else { return }
      kept.insert(word)
    }
    return kept
  }
}
