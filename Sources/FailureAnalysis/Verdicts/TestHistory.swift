internal import TriageModel

/// What is known of one test in one stream up to the run that is judged, with its segments and its evidence of flakiness.
struct TestHistory {
  /// A stretch in which the test behaved alike.
  struct Segment: Equatable {
    var range: Range<Int>
    var isBroken: Bool
    /// Where it can have begun, as indices of observations; nil for the first.
    var start: ClosedRange<Int>?
  }

  let timeline: RunTimeline
  /// Oldest code first; failures of mass failures and of infrastructure are left out.
  let observations: [Observation]
  /// How many were left out.
  let setAside: Int
  /// Whether the stream ran before the test's first result.
  let isBorn: Bool
  /// Whether the branch goes back to the one it comes from: people break and mend on it as they please.
  let isSide: Bool
  let segments: [Segment]

  var thresholds: Thresholds { timeline.thresholds }

  init(timeline: RunTimeline, observations: [Observation], setAside: Int, isBorn: Bool, isSide: Bool) {
    self.timeline = timeline
    self.observations = observations
    self.setAside = setAside
    self.isBorn = isBorn
    self.isSide = isSide
    segments = Self.segments(observations, timeline.thresholds) { $0.failed }
  }

  /// The stretches of alike behaviour of some observations.
  static func segments(
    _ observations: [Observation], _ thresholds: Thresholds, fails: (Observation) -> Bool
  ) -> [Segment] {
    let changes = ChangePoints(observations, thresholds: thresholds).all()
    return (0...changes.count).map { index in
      let start = index == 0 ? 0 : changes[index - 1].position
      let end = index == changes.count ? observations.count : changes[index].position
      let failed = observations[start..<end].count(where: fails)
      let isBroken = end - start > 1 && Double(failed) >= thresholds.brokenShare * Double(end - start)
      return Segment(range: start..<end, isBroken: isBroken, start: index == 0 ? nil : changes[index - 1].range)
    }
  }

  /// The failures in a row that ended last.
  var lastStreak: Range<Int>? {
    guard let last = observations.lastIndex(where: \.failed) else { return nil }
    var start = last
    while start > 0, observations[start - 1].failed { start -= 1 }
    return start..<last + 1
  }

  /// Whether an observation is one of the last so many, or lies at most so many days before the last; one without a
  /// time counts.
  func isRecent(_ index: Int, runs: Int, days: Int) -> Bool {
    guard let last = observations.last, observations.count - index > runs else { return true }
    return (timeline.days(from: observations[index].position, to: last.position) ?? 0) <= Double(days)
  }

  /// Whether it lies in the window that flakiness is looked for in.
  func isRecent(_ index: Int) -> Bool { isRecent(index, runs: thresholds.windowRuns, days: thresholds.flakyDays) }

  /// The observations that flakiness is looked for in: in the window, outside of breakages.
  func steadyIndices(in range: Range<Int>? = nil) -> [Int] {
    segments.filter { !$0.isBroken }.flatMap { segment in
      segment.range.clamped(to: range ?? 0..<observations.count).filter { isRecent($0) }
    }
  }

  /// What speaks for flakiness among the observations within the window.
  func evidence(upTo end: Int? = nil) -> FlakeEvidence {
    var evidence = FlakeEvidence()
    for segment in segments where !segment.isBroken {
      let recent = segment.range.clamped(to: 0..<(end ?? observations.count)).filter { isRecent($0) }
      // On a branch of its own only what one commit did both ways tells.
      let shared = recent.filter { !isSide || observations[$0].position < timeline.ownStart }
      evidence.add(shared.map { observations[$0] }, thresholds)
      evidence.add(recent[shared.count...].map { observations[$0] }, thresholds, countsTurns: false)
    }
    return evidence
  }

  /// The share of runs with a failing attempt, in the window and outside of breakages.
  func rate(in range: Range<Int>? = nil) -> Verdict.Rate {
    let indices = steadyIndices(in: range)
    return Wilson.rate(indices.count { observations[$0].hasFailure }, of: indices.count)
  }

  func run(_ index: Int) -> RunKey { timeline.runs[observations[index].position].key }

  func name(_ index: Int) -> String { timeline.name(at: observations[index].position) }

  /// A change lies between commits: where one ran several times, between those before and after it.
  func widened(_ range: ClosedRange<Int>) -> ClosedRange<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low > 0, let commit = observations[low].commit, observations[low - 1].commit == commit { low -= 1 }
    while high + 1 < observations.count, let commit = observations[high].commit, observations[high + 1].commit == commit
    {
      high += 1
    }
    return low...high
  }
}
