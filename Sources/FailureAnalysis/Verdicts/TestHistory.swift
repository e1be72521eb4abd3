internal import TriageModel

/// What is known of one test in one leg up to the run that is judged, with its segments and its evidence of flakiness.
struct TestHistory {
  /// A stretch in which the test behaved alike.
  struct Segment: Equatable {
    var range: Range<Int>
    var isBroken: Bool
    /// Where it can have begun, as indices of observations; nil for the first.
    var start: ClosedRange<Int>?
  }

  let timeline: RunTimeline
  /// Oldest first; failures of mass failures and of infrastructure are left out.
  let observations: [Observation]
  /// How many were left out.
  let setAside: Int
  let segments: [Segment]

  private var thresholds: Thresholds { timeline.thresholds }

  init(timeline: RunTimeline, observations: [Observation], setAside: Int) {
    self.timeline = timeline
    self.observations = observations
    self.setAside = setAside
    let changes = ChangePoints(observations, thresholds: timeline.thresholds).all()
    var segments: [Segment] = []
    for index in 0...changes.count {
      let start = index == 0 ? 0 : changes[index - 1].position
      let end = index == changes.count ? observations.count : changes[index].position
      let failed = observations[start..<end].count { $0.failed }
      let isBroken = end - start > 1 && Double(failed) >= timeline.thresholds.brokenShare * Double(end - start)
      segments.append(
        Segment(range: start..<end, isBroken: isBroken, start: index == 0 ? nil : changes[index - 1].range))
    }
    self.segments = segments
  }

  /// The failures in a row that end the history.
  var streak: Range<Int> {
    var start = observations.count
    while start > 0, observations[start - 1].failed { start -= 1 }
    return start..<observations.count
  }

  /// The failures in a row that ended last.
  var lastStreak: Range<Int>? {
    guard let last = observations.lastIndex(where: \.failed) else { return nil }
    var start = last
    while start > 0, observations[start - 1].failed { start -= 1 }
    return start..<last + 1
  }

  /// Whether an observation lies at most so many days before the last; one without a time counts.
  func isRecent(_ index: Int, days: Int) -> Bool {
    guard let last = observations.last else { return false }
    return (timeline.days(from: observations[index].position, to: last.position) ?? 0) <= Double(days)
  }

  func segment(of index: Int) -> Int { segments.firstIndex { $0.range.contains(index) } ?? 0 }

  /// What speaks for flakiness among the observations within the window.
  func evidence(upTo end: Int? = nil) -> FlakeEvidence {
    var evidence = FlakeEvidence()
    for segment in segments where !segment.isBroken {
      let range = segment.range.clamped(to: 0..<(end ?? observations.count))
      let recent = range.filter { isRecent($0, days: thresholds.flakyDays) }
      evidence.add(recent.map { observations[$0] }, thresholds)
    }
    return evidence
  }

  /// The share of runs with a failing attempt, in the window and outside of breakages.
  func rate(before end: Int? = nil) -> Verdict.Rate {
    var failed = 0
    var total = 0
    for segment in segments where !segment.isBroken {
      for index in segment.range.clamped(to: 0..<(end ?? observations.count))
      where isRecent(index, days: thresholds.flakyDays) {
        total += 1
        if observations[index].hasFailure { failed += 1 }
      }
    }
    return Wilson.rate(failed, of: total)
  }
}
