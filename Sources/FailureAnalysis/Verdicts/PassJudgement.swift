internal import TriageModel

/// The verdict on a test that passes in the run that is judged, or did not run in it.
struct PassJudgement {
  private let history: TestHistory
  private let ranNow: Bool

  init(_ history: TestHistory, ranNow: Bool) {
    self.history = history
    self.ranNow = ranNow
  }

  private var thresholds: Thresholds { history.thresholds }
  private var observations: [Observation] { history.observations }

  var verdict: Verdict {
    let evidence = history.evidence()
    var verdict: Verdict
    if evidence.isEnough(thresholds) {
      if isMended {
        verdict = mended
      } else {
        verdict = FlakyWords.verdict(history, evidence)
        verdict.flips = [flipToFixed]
      }
    } else if let repaired {
      verdict = fixed(repaired)
    } else if ranNow {
      verdict = passing
    } else {
      verdict = Verdict(.unknown, why: ["\(CountText.of(observations.count, "run")) known"])
    }
    if !ranNow { verdict.why.append("it did not run in this run") }
    return verdict
  }

  /// The last observation with a failing attempt.
  private var lastFailure: Int? { observations.lastIndex(where: \.hasFailure) }

  /// The rate of the stretch that ends with the last failure, however long ago it began: what its passes since must be
  /// unlikely for.
  private var rateBefore: Verdict.Rate {
    guard let lastFailure else { return Wilson.rate(0, of: 0) }
    let segment = history.segments.first { $0.range.contains(lastFailure) }
    let stretch = observations[(segment?.range.lowerBound ?? 0)..<lastFailure + 1]
    return Wilson.rate(stretch.count(where: \.hasFailure), of: stretch.count)
  }

  /// How likely so many passes are for a test of a rate; of few failures the least rate counts that they allow.
  private func chance(ofPasses count: Int, _ rate: Verdict.Rate) -> Double {
    Streak.chance(of: count, share: 1 - ProofOfFix.share(rate, thresholds))
  }

  /// Whether it passed for so long that it no longer flakes at the rate that it had.
  private var isMended: Bool {
    guard let lastFailure else { return false }
    return chance(ofPasses: observations.count - lastFailure - 1, rateBefore) < thresholds.chanceOfMended
  }

  private var flipToFixed: String {
    let rate = rateBefore
    let passes = observations.count - 1 - (lastFailure ?? 0)
    let share = ProofOfFix.share(rate, thresholds)
    guard share > 0.0001, share < 1 else { return "more passes make it fixed" }
    let needed = Streak.length(share: 1 - share, error: thresholds.chanceOfMended)
    return "passing \(CountText.of(max(1, needed + 1 - passes), "more run")) in a row makes it fixed"
  }

  private var mended: Verdict {
    let rate = rateBefore
    guard let lastFailure, rate.count >= thresholds.mendableFailures else { return passing }
    let passes = observations.count - lastFailure - 1
    let first = history.name(lastFailure + 1)
    var verdict = Verdict(
      .fixed,
      why: [
        "passed \(CountText.of(passes, "run")) in a row since \(first)",
        "flaked in \(rate.count) of \(CountText.of(rate.of, "run")) before (\(ShareText.of(rate.share)))",
      ] + FlakyWords.aside(history),
      flips: ["a failure makes it flaky again"])
    guard history.isRecent(lastFailure + 1, runs: thresholds.windowRuns, days: thresholds.flakyDays) else {
      return passing
    }
    verdict.fixedIn = history.run(lastFailure + 1)
    return verdict
  }

  /// The failures that were mended within the runs that count; nil when there were none, or too few.
  private var repaired: Range<Int>? {
    guard let streak = history.lastStreak, streak.upperBound < observations.count,
      history.isRecent(streak.upperBound, runs: thresholds.fixedRuns, days: thresholds.fixedDays)
    else { return nil }
    let isBroken = history.segments.contains { $0.isBroken && $0.range.overlaps(streak) }
    let isSteady = !observations[..<streak.lowerBound].contains(where: \.hasFailure)
    let needed = isSteady ? thresholds.consecutiveFailuresOfSteady : thresholds.consecutiveFailures
    return isBroken || streak.count >= needed ? streak : nil
  }

  private func fixed(_ streak: Range<Int>) -> Verdict {
    let passes = observations.count - streak.upperBound
    var verdict = Verdict(
      .fixed,
      why: [
        "passed \(passes) of \(CountText.of(passes, "run")) since \(history.name(streak.upperBound))",
        "failed \(CountText.of(streak.count, "run")) in a row before",
      ] + FlakyWords.aside(history),
      flips: ["a failure at this commit makes it flaky"])
    let lastPass = observations[..<streak.lowerBound].lastIndex { !$0.failed }
    verdict.range = Verdict.Range(
      lastPass: lastPass.map(history.run), firstFailure: history.run(streak.lowerBound),
      earliest: history.run(streak.lowerBound), latest: history.run(streak.lowerBound))
    verdict.fixedIn = history.run(streak.upperBound)
    return verdict
  }

  private var passing: Verdict {
    let failed = observations.count { $0.hasFailure }
    var why = ["passed \(observations.count - failed) of \(CountText.of(observations.count, "run"))"]
    if failed > 0 { why.append("\(failed) failed, too few or too long ago to say more") }
    return Verdict(
      .passing, why: why + FlakyWords.aside(history), flips: ["a failure and a pass at one commit make it flaky"])
  }
}

/// What is said of a flaky test, failing or passing.
enum FlakyWords {
  static func verdict(_ history: TestHistory, _ evidence: FlakeEvidence) -> Verdict {
    let rate = history.rate()
    var verdict = Verdict(.flaky, why: evidence.clauses + [share(rate)] + aside(history), rate: rate)
    verdict.range = beginning(history)
    return verdict
  }

  /// How often it failed, in words.
  static func share(_ rate: Verdict.Rate) -> String {
    "failed at least once in \(rate.count) of \(CountText.of(rate.of, "run")) (\(ShareText.of(rate.share)), \(rate.interval))"
  }

  /// Where it became flaky, where the runs tell that it was not always.
  private static func beginning(_ history: TestHistory) -> Verdict.Range? {
    guard
      let place = history.segments.lastIndex(where: { segment in
        !segment.isBroken && segment.range.contains { history.observations[$0].hasFailure }
      }), let range = history.segments[place].start,
      !history.segments[..<place].contains(where: { segment in
        segment.range.contains { history.observations[$0].hasFailure }
      }),
      let first = history.segments[place].range.first(where: { history.observations[$0].hasFailure })
    else { return nil }
    let certain = history.widened(min(range.lowerBound, first)...max(range.upperBound, first))
    let lastPass = history.observations[..<certain.lowerBound].lastIndex { !$0.hasFailure }
    return Verdict.Range(
      lastPass: lastPass.map(history.run), firstFailure: history.run(first),
      earliest: history.run(certain.lowerBound), latest: history.run(certain.upperBound))
  }

  /// That failures were left out, and why.
  static func aside(_ history: TestHistory) -> [String] {
    guard history.setAside > 0 else { return [] }
    return ["\(CountText.of(history.setAside, "failure")) in mass failures or of infrastructure left out"]
  }
}
