internal import TriageModel

/// What comparing arrays found, over all arrays of a file.
struct ArrayFindings {
  var changed = 0
  var tolerated = 0
  var removed = 0
  var added = 0
  var total = 0
  /// Numbers that became NaN; those that became infinite are among `numbers`.
  private var lost = LostNumbers()
  private var regained = 0
  var intolerable = 0
  private(set) var others = 0
  private(set) var words: [WordPair: Int] = [:]
  private(set) var keptWords: Set<String> = []
  private(set) var numbers = NumberDifferences(types: [])
  /// A column a field of each array, for the verdict.
  var columns: [DriftEvidence.Column] = []
  var structure: [String] = []
  private(set) var firstPlace: String?
  private var shift: Int?
  private var permutation: String?
  /// Arrays whose rows are the same in another order.
  private var permuted: Set<String> = []
  /// Of each column: its array and field.
  private var arrays: [(name: String, array: NPYArray, field: Int)] = []

  struct WordPair: Hashable {
    var expected: String
    var actual: String
  }

  /// Begins an array; the column of its first field.
  mutating func begin(_ name: String, _ expected: NPYArray, _ actual: NPYArray) -> Int {
    let base = columns.count
    total += max(expected.count, actual.count)
    for (index, field) in expected.fields.enumerated() {
      let parts = [name, field.name].filter { !$0.isEmpty }
      columns.append(DriftEvidence.Column(name: parts.joined(separator: ".")))
      numbers.types.append(field.numberType ?? .float64)
      arrays.append((name, expected, index))
    }
    return base
  }

  /// Counts a change that no tolerance accepts and that is no word.
  mutating func countOther() {
    intolerable += 1
    others += 1
  }

  /// Notes the first place that differs.
  mutating func first(_ place: @autoclosure () -> String, in name: String) {
    if firstPlace == nil { firstPlace = name + place() }
  }

  /// Takes what is known of the order of the rows.
  mutating func note(shift: Int?, permutation: String?, name: String) {
    self.shift = self.shift ?? shift
    if permutation != nil { permuted.insert(name) }
    if let permutation, self.permutation == nil {
      self.permutation = name.isEmpty ? permutation : "\(name): \(permutation)"
    }
  }

  /// Judges two numbers.
  mutating func number(
    _ pair: (Double, Double), _ type: NumberType, place: Int, column: Int, _ tolerance: Tolerance
  ) -> AlignedRun.Kind {
    let (expected, actual) = pair
    if expected == actual || (expected.isNaN && actual.isNaN) { return .equal }
    if expected.isNaN || actual.isNaN {
      changed += 1
      if actual.isNaN {
        lost.nan += 1
        intolerable += 1
      } else if actual.isFinite {
        regained += 1
        intolerable += 1
      } else {
        countOther()
      }
      return .changed
    }
    numbers.append(expected: expected, actual: actual, place: place, column: column)
    if type != numbers.types[column] { numbers.types[column] = type }
    if tolerance.accepts(expected: expected, actual: actual, type: type) {
      tolerated += 1
      return .tolerated
    }
    changed += 1
    return .changed
  }

  /// Judges two words.
  mutating func word(_ expected: String, _ actual: String) -> AlignedRun.Kind {
    if expected.utf8.elementsEqual(actual.utf8) {
      if keptWords.count < 1_000 { keptWords.insert(expected) }
      return .equal
    }
    changed += 1
    intolerable += 1
    let pair = WordPair(expected: expected, actual: actual)
    if words[pair] != nil || words.count < 1_000 { words[pair, default: 0] += 1 }
    return .changed
  }

  /// The summary.
  var summary: ChangeSummary {
    var summary = ChangeSummary(unit: "elements")
    summary.total = total
    summary.changed = changed
    summary.tolerated = tolerated
    summary.removed = removed
    summary.added = added
    summary.lost = lost
    summary.regained = regained
    summary.structure = structure
    summary.first = firstPlace
    summary.measure(numbers, intolerable: intolerable + structure.count) { place, column in
      let column = arrays[column]
      return column.name + column.array.name(of: place, field: column.field)
    }
    if lost.count > 0 || summary.worst == nil { summary.worst = firstPlace }
    return summary
  }

  /// The differences of arrays whose rows are not merely in another order.
  private var unexplained: NumberDifferences {
    if permuted.isEmpty { return numbers }
    var rest = NumberDifferences(types: numbers.types)
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      if permuted.contains(arrays[column].name) { continue }
      rest.append(
        expected: numbers.expected[index], actual: numbers.actual[index], place: Int(numbers.places[index]),
        column: column)
    }
    return rest
  }

  /// The verdict. Rows in another order explain the differences in place, so those are left out then.
  var drift: Drift {
    var evidence = DriftEvidence()
    evidence.shape = structure
    evidence.lost = lost
    evidence.lost.infinite = numbers.expected.indices.count {
      numbers.expected[$0].isFinite && numbers.actual[$0].isInfinite
    }
    evidence.regained =
      regained + numbers.expected.indices.count { numbers.expected[$0].isInfinite && numbers.actual[$0].isFinite }
    evidence.rowShift = shift
    evidence.isPermutation = permutation
    evidence.numbers = unexplained
    if permutation == nil || permuted.count < Set(arrays.map(\.name)).count {
      evidence.otherChanges = others
      evidence.words = words.map { ($0.key.expected, $0.key.actual, $0.value) }
      evidence.keptWords = keptWords
    }
    evidence.columns = columns
    evidence.comparedNumbers = columns.reduce(0) { $0 + $1.compared }
    return DriftJudge.judge(evidence)
  }
}
