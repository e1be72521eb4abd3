internal import TriageModel

/// Where the breakage began that a failure is part of, judged by the failures that say the same.
///
/// What fails otherwise in between tells nothing of this failure: a flake of another text, or what was there before.
struct Breakage {
  let history: TestHistory
  /// The observations that speak of this failure: passes, and failures that say the same; places among all.
  let own: [Int]
  /// The failures in a row that end them; places in `own`.
  let streak: Range<Int>
  /// Whether failures of the test are told apart by what they say: where each says another thing, none is.
  let isTelling: Bool
  private let signature: SignatureKey?

  /// What is known of the last observation, a failure.
  init(_ history: TestHistory, _ current: Observation) {
    self.history = history
    let all = history.observations
    signature = current.signature
    let texts = all.dropLast().filter(\.hasFailure).map(\.signature)
    let isTelling = texts.count < 3 || Set(texts).count * 2 <= texts.count + 1
    self.isTelling = isTelling
    own = all.indices.filter { !all[$0].failed || !isTelling || all[$0].signature == current.signature }
    var start = own.count
    while start > 0, all[own[start - 1]].failed { start -= 1 }
    streak = start..<own.count
  }

  private var thresholds: Thresholds { history.thresholds }
  private var observations: [Observation] { history.observations }
  private var before: ArraySlice<Int> { own[..<streak.lowerBound] }

  /// The first failure in the row.
  var first: Int { own[streak.lowerBound] }

  /// The earlier observations, before the row, in which an attempt failed so.
  var seen: [Int] { before.filter { says($0) } }

  private func says(_ index: Int) -> Bool {
    observations[index].hasFailure && (!isTelling || observations[index].signature == signature)
  }

  /// Whether the code of the last observation passed too: an attempt, or another run of the commit.
  var isMixedNow: Bool {
    guard let current = observations.last else { return false }
    if current.isMixed { return true }
    guard let commit = current.commit else { return false }
    return own.contains { observations[$0].commit == commit && !observations[$0].failed }
  }

  /// Where it began and where it can have begun; nil when it is no breakage, or not yet known to be one.
  var range: (start: Int, certain: ClosedRange<Int>)? {
    guard let found = beginning else { return nil }
    let (start, certain) = joined(found)
    return (start, history.widened(min(certain.lowerBound, start)...max(certain.upperBound, start)))
  }

  private var beginning: (start: Int, certain: ClosedRange<Int>)? {
    let count = streak.count
    if seen.isEmpty {
      let hasPassed = !before.isEmpty
      var needed = hasPassed || history.isBorn ? thresholds.consecutiveFailuresOfSteady : thresholds.consecutiveFailures
      // What passed at this commit must fail for longer: two reruns of a flake say little.
      if isMixedNow { needed = thresholds.consecutiveFailures + 2 }
      return count >= needed ? (first, first...first) : nil
    }
    if let segment { return segment }
    if isMixedNow { return nil }
    if count >= thresholds.consecutiveFailures, chance < thresholds.chanceOfStreak { return (first, first...first) }
    guard count >= thresholds.consecutiveFailuresOfSteady else { return nil }
    if isLandedAgain { return (first, first...first) }
    return lucky.map { ($0, $0...first) }
  }

  /// The stretch of alike behaviour that ends the observations, where it is a breakage.
  private var segment: (start: Int, certain: ClosedRange<Int>)? {
    let segments = TestHistory.segments(own.map { observations[$0] }, thresholds) { $0.failed }
    guard let last = segments.last, last.isBroken, segments.count > 1 || last.range.lowerBound < streak.lowerBound,
      let start = last.range.first(where: { observations[own[$0]].failed })
    else { return nil }
    if let lucky, lucky < own[start] { return (lucky, lucky...own[start]) }
    let isCertain =
      !own[..<start].contains(where: says) && own[start...].allSatisfy { observations[$0].failed }
    guard !isCertain, let range = last.start else { return (own[start], own[start]...own[start]) }
    return (own[start], own[range.lowerBound]...own[min(range.upperBound, own.count - 1)])
  }

  /// How likely such a row is for a flake of the rate before it.
  private var chance: Double {
    let steady = history.steadyIndices(in: 0..<first)
    let failed = steady.count { says($0) }
    return FlakeStatistics.chance(ofRow: streak.count, failed: failed, of: steady.count)
  }

  /// The failure that a breakage began with when one lucky pass stands between it and the others; nil when there is none.
  var lucky: Int? {
    guard let start = own.indices.first(where: { says(own[$0]) && history.isRecent(own[$0]) }),
      start < streak.lowerBound, start >= thresholds.luckyAfter
    else { return nil }
    let passes = own[start...].count { !observations[$0].failed }
    return passes * 5 <= max(5, own.count - start) && !own[start...].contains { observations[$0].isMixed }
      ? own[start] : nil
  }

  /// Whether it failed so before only in breakages that were mended: it passed for a while since the last.
  var isLandedAgain: Bool {
    guard gap > thresholds.consecutiveFailures else { return false }
    var row = 0
    var hasBroken = false
    for index in own[..<streak.lowerBound] {
      if observations[index].failed {
        row += 1
      } else {
        if row > thresholds.longestEpisode { hasBroken = true } else if row > 0 { return false }
        if says(index) { return false }
        row = 0
      }
    }
    return hasBroken || row > thresholds.longestEpisode
  }

  /// Times that it failed so for a short while and passed again.
  var episodes: Int {
    var row = 0
    var count = 0
    for index in own[..<streak.lowerBound] {
      if observations[index].failed {
        row += 1
        continue
      }
      if (1...max(1, thresholds.longestEpisode)).contains(row) { count += 1 }
      if says(index) { count += 1 }
      row = 0
    }
    return count
  }

  /// Passes between the last time that it failed so and now.
  var gap: Int { seen.last.map { last in own[..<streak.lowerBound].count { $0 > last } } ?? 0 }

  /// The breakage with the failures of another text right before it: a row of them is the same one, whose failure
  /// changed; a single one leaves open which of the two it began with.
  private func joined(
    _ found: (start: Int, certain: ClosedRange<Int>)
  ) -> (start: Int, certain: ClosedRange<Int>) {
    var first = found.start
    while first > 0, observations[first - 1].failed { first -= 1 }
    let others = first..<found.start
    guard !others.isEmpty else { return found }
    let texts = Set(others.map { observations[$0].signature })
    let isFlake = observations[..<first].contains { $0.hasFailure && texts.contains($0.signature) }
    if isFlake { return found }
    if others.count >= 2, texts.count * 2 <= others.count { return (first, first...first) }
    return (found.start, min(first, found.certain.lowerBound)...found.certain.upperBound)
  }
}

extension FlakeStatistics {
  /// How likely so many failures in a row are for a test that failed so often before.
  static func chance(ofRow count: Int, failed: Int, of total: Int) -> Double {
    let share = (Double(failed) + 0.3) / (Double(total) + 0.8)
    return Streak.chance(of: count, share: share)
  }
}
