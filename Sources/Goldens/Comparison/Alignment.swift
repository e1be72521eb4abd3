/// Two sides, run by run: which line or row of the one stands beside which of the other.
///
/// Rows of the screen are worked out when asked for, so that a million of them cost a few bytes a run.
package struct Alignment: Sendable, Equatable {
  /// One row of the screen.
  package struct Row: Sendable, Equatable {
    /// How the sides relate.
    package var kind: AlignedRun.Kind
    /// The line or row of the expected side, from 0.
    package var expected: Int?
    /// The line or row of the actual side, from 0.
    package var actual: Int?
    /// The place of the run.
    package var run: Int
  }

  /// The runs, top to bottom.
  package let runs: [AlignedRun]
  /// The first row of each run, and the number of rows at the end.
  package let starts: [Int]

  /// An alignment of runs.
  package init(_ runs: [AlignedRun]) {
    self.runs = runs
    var starts = [0]
    starts.reserveCapacity(runs.count + 1)
    for run in runs { starts.append(starts[starts.count - 1] + run.height) }
    self.starts = starts
  }

  /// The number of rows when nothing is folded.
  package var count: Int { starts[starts.count - 1] }

  /// The run that a row belongs to, by bisection; `row` is below `count`.
  package func run(at row: Int) -> Int {
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// What a row shows; nil beyond the end.
  package func row(at index: Int) -> Row? {
    guard index >= 0, index < count else { return nil }
    let place = run(at: index)
    let run = runs[place]
    let offset = index - starts[place]
    let hasExpected = run.kind != .added && run.kind != .movedHere
    let hasActual = run.kind != .removed && run.kind != .movedAway
    return Row(
      kind: run.kind, expected: hasExpected ? run.expected.lowerBound + offset : nil,
      actual: hasActual ? run.actual.lowerBound + offset : nil, run: place)
  }
}
