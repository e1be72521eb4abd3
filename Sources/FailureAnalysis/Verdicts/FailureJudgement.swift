internal import TriageModel

/// The verdict on a test that fails in the run that is judged.
struct FailureJudgement {
  private let history: TestHistory
  private let breakage: Breakage
  private let evidence: FlakeEvidence
  private let current: Observation

  init?(_ history: TestHistory) {
    guard let current = history.observations.last, current.failed else { return nil }
    self.history = history
    self.current = current
    breakage = Breakage(history, current)
    evidence = history.evidence()
  }

  private var thresholds: Thresholds { history.thresholds }
  private var observations: [Observation] { history.observations }
  private var earlier: ArraySlice<Observation> { observations.dropLast() }
  private var last: Int { observations.count - 1 }

  var verdict: Verdict {
    if let (start, range) = breakage.range { return broken(start, range) }
    if let start = brokenOtherwise { return breakage.seen.isEmpty ? changed(start) : broken(start, start...start) }
    if breakage.isMixedNow { return flaky }
    if breakage.seen.isEmpty {
      if earlier.isEmpty { return history.isBorn ? born : unknown }
      return earlier.count < thresholds.knownRuns ? unknown : new
    }
    if breakage.isLandedAgain { return again }
    let isFlake =
      breakage.episodes > 0 && (evidence.isEnough(thresholds) || breakage.gap >= thresholds.consecutiveFailures)
    return isFlake ? flaky : unknown
  }

  // MARK: - What is true

  /// Where the failures in a row begin that said another thing until now; nil when there are fewer than two, or each
  /// said something else.
  private var brokenOtherwise: Int? {
    var start = last
    while start > 0, observations[start - 1].failed { start -= 1 }
    let others = observations[start..<last]
    guard others.count >= 2, Set(others.map(\.signature)).count * 2 <= others.count,
      !others.contains(where: { $0.signature == current.signature })
    else { return nil }
    return start
  }

  // MARK: - What is said

  private func broken(_ start: Int, _ range: ClosedRange<Int>) -> Verdict {
    let all = start..<observations.count
    let failed = all.count { observations[$0].failed }
    var why = ["failed \(failed) of \(CountText.of(all.count, "run")) since \(history.name(start))"]
    if start == 0 {
      why.append(history.isBorn ? "it never ran before" : "no pass is known")
    } else {
      why.append("passed \(observations[..<start].count { !$0.failed }) of \(start) before")
    }
    let changes = failureChanges(all)
    for change in changes.suffix(3) {
      let commit = history.timeline.runs[change.position].commitWords
      why.append(
        "the failure itself changed in \(history.timeline.name(at: change.position))"
          + (commit.isEmpty ? "" : " (\(commit))"))
    }
    var verdict = Verdict(.broken, why: why + aside, flips: [flipToFlaky])
    verdict.range = place(start, range)
    verdict.failureChanges = changes.map { history.timeline.runs[$0.position].key }
    return verdict
  }

  private func changed(_ start: Int) -> Verdict {
    let first = history.name(start)
    var verdict = Verdict(
      .new,
      why: [unseen, "the test fails since \(first), but failed otherwise until now"] + aside,
      flips: ["one more run with this failure makes it broken since \(history.name(last))"])
    verdict.range = place(last, start...last)
    return verdict
  }

  private var new: Verdict {
    var why = [unseen, "passed \(earlier.count { !$0.failed }) of \(earlier.count) earlier runs"]
    if evidence.isEnough(thresholds) {
      why.append("the test is flaky otherwise: " + evidence.clauses.joined(separator: ", "))
    }
    var verdict = Verdict(.new, why: why + aside, flips: flipsOfNew)
    verdict.range = place(last, last...last)
    return verdict
  }

  /// The first result of a test is a failure.
  private var born: Verdict {
    let commit = history.timeline.runs[current.position].commitWords
    var verdict = Verdict(
      .new,
      why: ["it never ran before, and fails at once" + (commit.isEmpty ? "" : ": born failing in \(commit)")] + aside,
      flips: flipsOfNew)
    verdict.range = place(last, last...last)
    return verdict
  }

  /// A breakage that was mended is back.
  private var again: Verdict {
    let seen = breakage.seen.last.map { " in \(history.name($0))" } ?? ""
    var verdict = Verdict(
      .new, why: ["it failed so before, last\(seen), was mended, and is back"] + aside, flips: flipsOfNew)
    verdict.range = place(last, last...last)
    return verdict
  }

  private var flaky: Verdict {
    var verdict = FlakyWords.verdict(history, evidence)
    if breakage.seen.isEmpty { verdict.why.append(unseen) }
    verdict.flips = [flipToBroken(after: failuresToBreak)]
    return verdict
  }

  private func flipToBroken(after failures: Int) -> String {
    failures == 1 ? "1 more failure makes it broken" : "\(failures) more failures in a row make it broken"
  }

  /// How many more failures in a row are too unlikely for a flake of this rate.
  private var failuresToBreak: Int {
    let rate = history.rate(in: 0..<breakage.first)
    var needed = thresholds.consecutiveFailures
    while needed < 100,
      FlakeStatistics.chance(ofRow: needed, failed: rate.count, of: rate.of) >= thresholds.chanceOfStreak
    { needed += 1 }
    return max(1, needed - breakage.streak.count)
  }

  private var unknown: Verdict {
    let failed = observations.count { $0.failed }
    var why = ["\(CountText.of(earlier.count, "run")) known"]
    if breakage.seen.isEmpty, earlier.count < thresholds.knownRuns {
      why.append("a first failure is new after \(thresholds.knownRuns)")
    }
    why.append("failed \(failed) of \(observations.count)")
    var verdict = Verdict(
      .unknown, why: why + aside,
      flips: [
        flipToFlaky, flipToBroken(after: max(1, needed - breakage.streak.count)),
      ])
    if !earlier.isEmpty {
      verdict.range = place(breakage.lucky ?? breakage.first, (breakage.lucky ?? breakage.first)...last)
    }
    return verdict
  }

  /// The failures in a row that make it broken.
  private var needed: Int {
    let isSteady = earlier.contains { !$0.failed } || history.isBorn
    return isSteady ? thresholds.consecutiveFailuresOfSteady : thresholds.consecutiveFailures
  }

  private var unseen: String {
    breakage.isTelling
      ? "this failure was not seen in \(CountText.of(earlier.count, "run")) before"
      : "it says another thing nearly every time"
  }

  private var flipsOfNew: [String] {
    let flips = ["failing again in the next run makes it broken since \(history.name(last))"]
    return current.commit == nil ? flips : ["one pass at this commit makes it flaky"] + flips
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
      let observation = observations[index]
      guard observation.failed, let signature = observation.signature, seen.insert(signature).inserted else { continue }
      if seen.count > 1 { changes.append(observation) }
    }
    return changes
  }

  /// A range that lies in one commit is that commit: then nothing is in doubt.
  private func place(_ start: Int, _ range: ClosedRange<Int>) -> Verdict.Range {
    let lastPass =
      observations[..<range.lowerBound].lastIndex { !$0.failed } ?? observations[..<start].lastIndex { !$0.failed }
    let isOneCommit = observations[range].allSatisfy { $0.commit != nil && $0.commit == observations[start].commit }
    let shown = isOneCommit ? start...start : range
    return Verdict.Range(
      lastPass: lastPass.map(history.run), firstFailure: history.run(start),
      earliest: history.run(shown.lowerBound), latest: history.run(shown.upperBound))
  }
}
