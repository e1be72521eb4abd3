/// Collects runs from the top down, and joins those that go on.
struct AlignmentBuilder {
  /// The runs so far.
  private(set) var runs: [AlignedRun] = []
  /// Rows of the screen so far.
  private(set) var height = 0

  /// Adds as many of both sides; a height of 0 adds nothing.
  mutating func add(_ kind: AlignedRun.Kind, _ expected: Int, _ actual: Int, _ count: Int = 1) {
    add(AlignedRun(kind, expected: expected..<expected + count, actual: actual..<actual + count))
  }

  /// Adds a run.
  mutating func add(_ run: AlignedRun) {
    if run.height == 0 { return }
    height += run.height
    if let last = runs.last, last.kind == run.kind, last.expected.upperBound == run.expected.lowerBound,
      last.actual.upperBound == run.actual.lowerBound
    {
      runs[runs.count - 1].expected = last.expected.lowerBound..<run.expected.upperBound
      runs[runs.count - 1].actual = last.actual.lowerBound..<run.actual.upperBound
    } else {
      runs.append(run)
    }
  }

  /// The alignment.
  var alignment: Alignment { Alignment(runs) }
}
