import SafeText
import TriageModel

/// What the runs of a list have in common, worked out once a list: widths of columns, figures of the header.
struct RunColumns: Equatable {
  /// The most tests that fail in one run: what the bars are scaled to.
  private(set) var mostFailing = 0
  /// Runs with failing tests.
  private(set) var failingRuns = 0
  /// Runs whose tests may not all be there.
  private(set) var incompleteRuns = 0
  /// The index of the newest run that is whole and without a failing test.
  private(set) var lastGreen: Int?
  /// Columns of the names.
  private(set) var nameWidth = 0
  /// Columns of the counts.
  private(set) var failingWidth = 1
  private(set) var totalWidth = 1
  /// Columns of the tests that passed on retry; 0 when none did.
  private(set) var retriedWidth = 0
  /// Whether the branch tells runs apart.
  private(set) var hasBranches = false
  /// Whether dates need their year.
  private(set) var hasYears = false

  /// A name takes at most so many columns.
  private static let widestName = 16
  /// A span of so many milliseconds cannot be read without years: 300 days.
  private static let longSpan = 300 * 86_400_000

  init(_ runs: [RunRecord] = []) {
    for (index, run) in runs.enumerated() { count(run, at: index) }
    hasBranches = runs.contains { $0.branch != runs.first?.branch }
    let moments = runs.compactMap(\.startedAt?.milliseconds)
    if let first = moments.min(), let last = moments.max() { hasYears = last - first > Self.longSpan }
  }

  private mutating func count(_ run: RunRecord, at index: Int) {
    let failing = run.failing
    mostFailing = max(mostFailing, failing)
    if failing > 0 { failingRuns += 1 }
    if !run.isComplete { incompleteRuns += 1 }
    if lastGreen == nil, run.isGreen { lastGreen = index }
    nameWidth = max(nameWidth, min(Self.widestName, DisplayWidth.of(run.shortName)))
    failingWidth = max(failingWidth, CountText.of(failing).count)
    totalWidth = max(totalWidth, CountText.of(run.resultCount).count)
    let retried = run.counts[.passedOnRetry]
    if retried > 0 { retriedWidth = max(retriedWidth, CountText.compact(retried).count + 1) }
  }
}
