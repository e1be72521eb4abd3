internal import TriageModel

/// Finds the runs of one stream in which many tests failed at once with one or few messages and neither before nor after:
/// the machines', not the tests'.
///
/// The sets of failing tests are compared, not their numbers: a night must not hide behind what fails always. The
/// sandwich is that of PyTorch's autorevert; unlike it, one run a commit is enough where so many tests say the same.
struct BurstFinder {
  /// A message of a burst in a run.
  struct Message: Equatable {
    /// How many tests failed with it that passed before and after.
    var tests: Int
    /// The places of the runs before and after the burst; no run after it is known yet, or one is.
    var before: Int
    var after: Int?
    /// Whether this very commit passed in one of them.
    var isProven: Bool
  }

  /// A burst: its messages.
  typealias Burst = [SignatureKey: Message]

  private struct Seen {
    var index: Int
    var commit: Int?
    var bySignature: [SignatureKey: Set<TestKey>] = [:]
    var failing: Set<TestKey> = []
    var isCut: Bool
  }

  private let thresholds: Thresholds
  private var runs: [Seen] = []

  /// A finder among the runs of a stream: places in a timeline, in order.
  init(_ places: [Int], _ timeline: RunTimeline, _ failures: RunFailures, isOfStream: (RunRecord, String) -> Bool) {
    thresholds = timeline.thresholds
    for place in places {
      let run = timeline.runs[place]
      var seen = Seen(index: place, commit: timeline.commit(at: place), isCut: failures.isCut(run.key))
      for failure in failures.of(run.key) where isOfStream(run, failure.leg) {
        seen.failing.insert(failure.test)
        if let signature = failure.signature { seen.bySignature[signature, default: []].insert(failure.test) }
      }
      runs.append(seen)
    }
  }

  /// The bursts by place.
  func all() -> [Int: Burst] {
    var found: [Int: Burst] = [:]
    var known: Set<SignatureKey> = []
    for index in runs.indices where runs[index].failing.count >= thresholds.infraFailures {
      guard let burst = burst(at: index, known) else { continue }
      found[runs[index].index] = burst
      known.formUnion(burst.keys)
    }
    return found
  }

  private func burst(at index: Int, _ known: Set<SignatureKey>) -> Burst? {
    var burst: Burst = [:]
    var recovered = 0
    let now = runs[index]
    for (signature, tests) in now.bySignature where tests.count >= 2 {
      guard let (before, after) = beside(index, signature) else { continue }
      let places = [before, after].compactMap { $0 }
      let isProven = now.commit != nil && places.contains { runs[$0].commit == now.commit }
      // Nobody knows yet whether it passes: only what was a burst before, or what this very commit passed, is one now.
      if after == nil, !isProven, !known.contains(signature) { continue }
      guard places.allSatisfy({ stands(tests.count, outFrom: runs[$0].bySignature[signature]?.count ?? 0) }) else {
        continue
      }
      let own = places.reduce(tests) { $0.subtracting(runs[$1].failing) }
      guard own.count >= 2 else { continue }
      recovered += own.count
      burst[signature] = Message(
        tests: own.count, before: runs[before].index, after: after.map { runs[$0].index }, isProven: isProven)
    }
    return recovered >= thresholds.infraFailures && burst.count <= max(3, recovered / 4) ? burst : nil
  }

  /// Whether so many tests with one message are far more than in a run beside: flakes of one text fail a few at a time,
  /// and others each time.
  private func stands(_ count: Int, outFrom beside: Int) -> Bool {
    let more = Double(count - beside)
    return Double(beside) < thresholds.infraNeighbourShare * Double(count)
      || count - beside >= thresholds.infraFailures && more >= thresholds.infraDeviations * Double(beside).squareRoot()
  }

  /// The runs beside those that failed so: at most so many in a row, and not all runs of one commit, which is to blame.
  private func beside(_ index: Int, _ signature: SignatureKey) -> (before: Int, after: Int?)? {
    let tests = runs[index].bySignature[signature] ?? []
    func isAlike(_ place: Int) -> Bool {
      (runs[place].bySignature[signature]?.intersection(tests).count ?? 0) * 2 >= tests.count
    }
    var first = index
    var last = index
    while first > 0, isAlike(first - 1) { first -= 1 }
    while last + 1 < runs.count, isAlike(last + 1) { last += 1 }
    guard last - first < thresholds.longestBurst, first > 0 else { return nil }
    let commits = Set(runs[first...last].map(\.commit))
    let commit = runs[index].commit
    if last > first, commit != nil, commits.count == 1, runs[first - 1].commit != commit,
      last + 1 == runs.count || runs[last + 1].commit != commit
    {
      return nil
    }
    let after = last + 1 < runs.count ? last + 1 : nil
    if runs[first - 1].isCut || after.map({ runs[$0].isCut }) ?? false { return nil }
    return (first - 1, after)
  }
}
