import SafeText
import TriageModel

/// What the runs of a list have in common, worked out once a list: neighbours, widths of columns, figures of the header.
struct RunRoll: Equatable {
  /// The runs, newest first.
  private(set) var runs: [RunRecord] = []
  /// The place of the run that each is compared with unless another is marked; nil for the first of all.
  private(set) var before: [Int?] = []
  /// The most tests that fail in one run: what the bars are scaled to.
  private(set) var mostFailing = 0
  /// Runs with failing tests.
  private(set) var failingRuns = 0
  /// Runs whose tests may not all be there.
  private(set) var incompleteRuns = 0
  /// The newest run that is whole and without a failing test.
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
    self.runs = runs
    before = Self.neighbours(of: runs)
    for (place, run) in runs.enumerated() { count(run, at: place) }
    hasBranches = runs.contains { $0.branch != runs.first?.branch }
    let moments = runs.compactMap(\.startedAt?.milliseconds)
    if let first = moments.min(), let last = moments.max() { hasYears = last - first > Self.longSpan }
  }

  /// Whether another number of tests fails in a run than in the one before it.
  func hasTurned(at place: Int) -> Bool {
    guard let before = before[place] else { return runs[place].counts.failing > 0 }
    return runs[place].counts.failing != runs[before].counts.failing
  }

  /// The newest whole run with tests that is older than a run.
  func lastWhole(before place: Int) -> Int? {
    runs.indices.dropFirst(place + 1).first { runs[$0].isComplete && runs[$0].counts.total > 0 }
  }

  private mutating func count(_ run: RunRecord, at place: Int) {
    let failing = run.counts.failing
    mostFailing = max(mostFailing, failing)
    if failing > 0 { failingRuns += 1 }
    if !run.isComplete { incompleteRuns += 1 }
    if lastGreen == nil, run.isGreen { lastGreen = place }
    nameWidth = max(nameWidth, min(Self.widestName, DisplayWidth.of(run.shortName)))
    failingWidth = max(failingWidth, CountText.of(failing).count)
    totalWidth = max(totalWidth, CountText.of(run.counts.total).count)
    let retried = run.counts[.passedOnRetry]
    if retried > 0 { retriedWidth = max(retriedWidth, CountText.compact(retried).count + 1) }
  }

  /// What tells runs apart that are no successors of each other.
  private struct Line: Hashable {
    var source: String?
    var branch: String?
    var labels: [String: String]
  }

  /// The run before each: of the same job, branch and labels, else of the same branch and labels, else any.
  ///
  /// A run that is not whole is passed over while there is one that is: against it, tests look new that are not.
  private static func neighbours(of runs: [RunRecord]) -> [Int?] {
    var whole: [Line: Int] = [:]
    var any: [Line: Int] = [:]
    var before: [Int?] = Array(repeating: nil, count: runs.count)
    for place in runs.indices.reversed() {
      let run = runs[place]
      let job = Line(source: run.identity.source, branch: run.branch, labels: run.labels)
      let leg = Line(source: nil, branch: run.branch, labels: run.labels)
      let earlier = place + 1 < runs.count ? place + 1 : nil
      before[place] = whole[job] ?? whole[leg] ?? any[leg] ?? earlier
      for line in [job, leg] {
        any[line] = place
        if run.isComplete { whole[line] = place }
      }
    }
    return before
  }
}
