internal import TriageModel

/// The verdict on a test that fails in the run that is judged.
struct FailureJudgement {
  private let history: TestHistory
  private let streak: Range<Int>
  private let evidence: FlakeEvidence
  private let current: Observation

  init?(_ history: TestHistory) {
    guard let current = history.observations.last, current.failed else { return nil }
    self.history = history
    self.current = current
    streak = history.streak
    evidence = history.evidence()
  }

  private var thresholds: Thresholds { history.timeline.thresholds }
  private var earlier: ArraySlice<Observation> { history.observations.dropLast() }

  var verdict: Verdict {
    if let start = breakage {
      return isUnseen && isSteadyBefore(start) ? changed(start) : broken(start)
    }
    if isMixedNow { return flaky(unseen: isUnseen) }
    if isUnseen, !isKnownFlake {
      return earlier.count < thresholds.knownRuns ? unknown : new
    }
    return evidence.isEnough(thresholds) ? flaky(unseen: false) : unknown
  }

  // MARK: - What is true

  /// Whether this failure was not seen in the days before.
  private var isUnseen: Bool {
    !earlier.indices.contains { index in
      let observation = history.observations[index]
      return observation.hasFailure && observation.signature == current.signature
        && history.isRecent(index, days: thresholds.newSignatureDays)
    }
  }

  /// Whether a test known as flaky ever failed just so: rare flakes outlive the window of signatures.
  private var isKnownFlake: Bool {
    guard history.evidence(upTo: history.observations.count - 1).isEnough(thresholds) else { return false }
    return earlier.contains { $0.hasFailure && $0.signature == current.signature }
  }

  /// Whether this run's own code passed too: an attempt, or another run of the commit in the same stretch.
  private var isMixedNow: Bool {
    if current.isMixed { return true }
    guard let commit = current.commit else { return false }
    let segment = history.segments[history.segment(of: history.observations.count - 1)]
    return segment.range.contains { index in
      let observation = history.observations[index]
      return observation.commit == commit && !observation.failed
    }
  }

  /// Where the breakage began that the failure is part of; nil when it is none.
  private var breakage: Range<Int>? {
    if let segment = history.segments.last, segment.isBroken, segment.range.count >= 2 {
      // One pass in a long breakage does not end it (LUCI: 95 %).
      if segment.range.lowerBound < streak.lowerBound || history.segments.count > 1 {
        // A few passes before it are too few for a segment of their own: it begins with its first failure all the same.
        return segment.range.drop { !history.observations[$0].failed }
      }
    }
    guard !isMixedNow else { return nil }
    let before = history.observations[..<streak.lowerBound]
    if !before.contains(where: \.hasFailure) {
      let needed = before.isEmpty ? thresholds.consecutiveFailures : thresholds.consecutiveFailuresOfSteady
      return streak.count >= needed ? streak : nil
    }
    guard streak.count >= thresholds.consecutiveFailures else { return nil }
    let rate = history.rate(before: streak.lowerBound)
    let share = (Double(rate.count) + 0.3) / (Double(rate.of) + 0.8)
    let chance = LogGamma.exponential(Double(streak.count) * LogGamma.logarithm(share))
    return chance < thresholds.chanceOfStreak ? streak : nil
  }

  /// Whether the failures of a breakage before this run were mostly alike, so that another one means something.
  private func isSteadyBefore(_ range: Range<Int>) -> Bool {
    let before = history.observations[range.lowerBound..<max(range.lowerBound, range.upperBound - 1)]
    let failures = before.filter(\.failed)
    return failures.count >= 2 && Set(failures.map(\.signature)).count * 2 <= failures.count
  }

  // MARK: - What is said

  private func broken(_ range: Range<Int>) -> Verdict {
    let first = history.observations[range.lowerBound]
    let before = history.observations[..<range.lowerBound]
    let failed = history.observations[range].count { $0.failed }
    var why = ["failed \(failed) of \(CountText.of(range.count, "run")) since \(name(first))"]
    if before.isEmpty {
      why.append("no pass is known")
    } else {
      why.append("passed \(before.count { !$0.failed }) of \(before.count) before")
    }
    let changes = failureChanges(range)
    for change in changes.suffix(3) {
      let commit = history.timeline.runs[change.position].commitWords
      why.append("the failure itself changed in \(name(change))" + (commit.isEmpty ? "" : " (\(commit))"))
    }
    var verdict = Verdict(.broken, why: why + aside, flips: [flipToFlaky])
    verdict.range = place(range)
    verdict.failureChanges = changes.map { history.timeline.runs[$0.position].number }
    return verdict
  }

  private func changed(_ range: Range<Int>) -> Verdict {
    let first = history.observations[range.lowerBound]
    var verdict = Verdict(
      .new,
      why: [
        "this failure was not seen in \(thresholds.newSignatureDays) days",
        "the test fails since \(name(first)), but failed otherwise until now",
      ] + aside,
      flips: ["one more run with this failure makes it broken since \(name(first))"])
    verdict.range = place(range)
    return verdict
  }

  private var new: Verdict {
    var why = [
      "this failure was not seen in \(thresholds.newSignatureDays) days",
      "passed \(earlier.count { !$0.failed }) of \(earlier.count) earlier runs",
    ]
    if evidence.isEnough(thresholds) {
      why.append("the test is flaky otherwise: " + evidence.clauses.joined(separator: ", "))
    }
    var flips = ["failing again in the next run makes it broken since \(name(current))"]
    if current.commit != nil { flips.insert("one pass at this commit makes it flaky", at: 0) }
    var verdict = Verdict(.new, why: why + aside, flips: flips)
    verdict.range = place(streak)
    return verdict
  }

  private func flaky(unseen: Bool) -> Verdict {
    var verdict = FlakyWords.verdict(history, evidence)
    if unseen { verdict.why.append("this failure was not seen in \(thresholds.newSignatureDays) days") }
    verdict.flips = ["\(CountText.of(failuresToBreak, "more failure")) in a row make it broken"]
    return verdict
  }

  /// How many more failures in a row are too unlikely for a flake of this rate.
  private var failuresToBreak: Int {
    let rate = history.rate(before: streak.lowerBound)
    let share = (Double(rate.count) + 0.3) / (Double(rate.of) + 0.8)
    var needed = thresholds.consecutiveFailures
    while needed < 100,
      LogGamma.exponential(Double(needed) * LogGamma.logarithm(share)) >= thresholds.chanceOfStreak
    { needed += 1 }
    return max(1, needed - streak.count)
  }

  private var unknown: Verdict {
    let failed = history.observations.count { $0.failed }
    return Verdict(
      .unknown,
      why: ["\(CountText.of(earlier.count, "run")) known", "failed \(failed) of \(history.observations.count)"] + aside,
      flips: [
        flipToFlaky,
        "\(thresholds.consecutiveFailures) failures in a row make it broken",
      ])
  }

  /// What makes it flaky: where no commit is known, only its going back and forth tells.
  private var flipToFlaky: String {
    current.commit == nil ? "a pass and then a failure makes it flaky" : "one pass at this commit makes it flaky"
  }

  private var aside: [String] { FlakyWords.aside(history) }

  /// The first observations of failures that a breakage did not begin with and that came again or stand now.
  private func failureChanges(_ range: Range<Int>) -> [Observation] {
    var seen: Set<SignatureKey> = []
    var changes: [Observation] = []
    for index in range {
      let observation = history.observations[index]
      guard observation.failed, let signature = observation.signature, seen.insert(signature).inserted else { continue }
      if seen.count > 1 { changes.append(observation) }
    }
    return changes
  }

  private func place(_ range: Range<Int>) -> Verdict.Range {
    let first = range.lowerBound
    let interval = history.segments.last.flatMap { $0.range.lowerBound == first ? $0.start : nil } ?? first...first
    func number(_ index: Int) -> Int64 {
      let index = min(max(index, 0), history.observations.count - 1)
      return history.timeline.runs[history.observations[index].position].number
    }
    let lastPass = history.observations[..<first].lastIndex { !$0.failed }
    return Verdict.Range(
      lastPass: lastPass.map(number), firstFailure: number(first), earliest: number(interval.lowerBound),
      latest: number(interval.upperBound))
  }

  private func name(_ observation: Observation) -> String { history.timeline.name(at: observation.position) }
}
