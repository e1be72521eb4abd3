internal import TriageModel

extension ChangeSummary {
  /// Fills in the largest differences and the smallest tolerances that accept all; `name` says a number's place.
  mutating func measure(
    _ numbers: NumberDifferences, intolerable: Int, name: (_ place: Int, _ column: Int) -> String
  ) {
    var tally = NumberTally()
    for index in numbers.expected.indices {
      let column = Int(numbers.columns[index])
      let type = numbers.types.isEmpty ? .float64 : numbers.types[min(column, numbers.types.count - 1)]
      tally.add(
        expected: numbers.expected[index], actual: numbers.actual[index], type: type,
        place: Int(numbers.places[index]), column: column)
    }
    tally.fill(&self, intolerable: intolerable > 0, name: name)
  }
}
