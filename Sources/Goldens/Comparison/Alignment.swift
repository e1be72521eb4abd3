internal import TriageModel

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
  package func run(at row: Int) -> Int { starts.stretch(holding: row) }

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

/// A run of lines or rows of two sides that stand beside one another.
package struct AlignedRun: Sendable, Equatable {
  /// How the two sides of a run relate.
  package enum Kind: UInt8, Sendable {
    /// They are the same.
    case equal
    /// They differ, and every difference is within the tolerance; as many on each side.
    case tolerated
    /// They differ one for one; as many on each side.
    case changed
    /// Only the expected side has them.
    case removed
    /// Only the actual side has them.
    case added
    /// They stand elsewhere on the actual side: the expected side's place of them. `actual` is where they went.
    case movedAway
    /// They stood elsewhere on the expected side: the actual side's place of them. `expected` is where they came from.
    case movedHere
  }

  /// How the sides relate.
  package var kind: Kind
  /// Lines or rows of the expected side, from 0.
  package var expected: Range<Int>
  /// Lines or rows of the actual side, from 0.
  package var actual: Range<Int>

  /// A run.
  package init(_ kind: Kind, expected: Range<Int>, actual: Range<Int>) {
    self.kind = kind
    self.expected = expected
    self.actual = actual
  }

  /// How many rows of the screen it takes when it is not folded.
  package var height: Int {
    switch kind {
    case .equal, .tolerated, .changed, .removed, .movedAway: expected.count
    case .added, .movedHere: actual.count
    }
  }
}

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
