internal import TriageModel

/// The open runs that a test's output is compared with.
struct ComparedRuns {
  /// Tests that are looked through for it, in all runs together.
  static let mostTests = 5_000_000

  /// A run and the test's place in it.
  struct Found {
    var run: Run
    var test: TestIndex
  }

  /// The newest run before this one that has the test.
  private(set) var before: Found?
  /// The newest one in which it passed at once; nil where that is `before`.
  private(set) var green: Found?
  /// Whether `before` is the last green run.
  private(set) var isBeforeGreen = false
  /// Whether older runs were left out.
  private(set) var isCut = false

  /// Looks among the runs that are older than the one at a place.
  init(to test: TestIndex, at place: Int, among runs: [Run]) {
    guard runs.indices.contains(place) else { return }
    let wanted = SameTest(test, in: runs[place].table)
    var looked = 0
    for run in runs[(place + 1)...] where !isBeforeGreen && green == nil {
      looked += run.table.count
      if looked > Self.mostTests { isCut = true }
      guard !isCut, let found = wanted.find(in: run.table) else { continue }
      let isGreen = run.table.outcome(of: found) == .passed
      if before == nil {
        before = Found(run: run, test: found)
        isBeforeGreen = isGreen
      } else if isGreen {
        green = Found(run: run, test: found)
      }
    }
  }
}
