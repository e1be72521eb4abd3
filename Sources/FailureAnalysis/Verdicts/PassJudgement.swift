internal import TriageModel

/// The verdict on a test that passes in the run that is judged, or did not run in it.
struct PassJudgement {
  private let history: TestHistory
  private let ranNow: Bool

  init(_ history: TestHistory, ranNow: Bool) {
    self.history = history
    self.ranNow = ranNow
  }

  private var thresholds: Thresholds { history.timeline.thresholds }

  var verdict: Verdict {
    let evidence = history.evidence()
    var verdict: Verdict
    if evidence.isEnough(thresholds) {
      verdict = FlakyWords.verdict(history, evidence)
      verdict.flips = ["\(thresholds.flakyDays) days without a failing attempt make it passing"]
    } else if let repaired {
      verdict = fixed(repaired)
    } else if ranNow {
      verdict = passing
    } else {
      verdict = Verdict(.unknown, why: ["\(CountText.of(history.observations.count, "run")) known"])
    }
    if !ranNow { verdict.why.append("it did not run in this run") }
    return verdict
  }

  /// The failures that were mended within the days that count; nil when there were none, or too few.
  private var repaired: Range<Int>? {
    guard let streak = history.lastStreak, streak.upperBound < history.observations.count,
      history.isRecent(streak.upperBound, days: thresholds.fixedDays)
    else { return nil }
    let isBroken = history.segments.contains { $0.isBroken && $0.range.overlaps(streak) }
    let isSteady = !history.observations[..<streak.lowerBound].contains(where: \.hasFailure)
    let needed = isSteady ? thresholds.consecutiveFailuresOfSteady : thresholds.consecutiveFailures
    return isBroken || streak.count >= needed ? streak : nil
  }

  private func fixed(_ streak: Range<Int>) -> Verdict {
    let passes = history.observations.count - streak.upperBound
    let first = history.observations[streak.upperBound]
    var verdict = Verdict(
      .fixed,
      why: [
        "passed \(passes) of \(CountText.of(passes, "run")) since \(history.timeline.name(at: first.position))",
        "failed \(CountText.of(streak.count, "run")) in a row before",
      ] + FlakyWords.aside(history),
      flips: ["a failure at this commit makes it flaky"])
    let lastPass = history.observations[..<streak.lowerBound].lastIndex { !$0.failed }
    verdict.range = Verdict.Range(
      lastPass: lastPass.map(number), firstFailure: number(streak.lowerBound), earliest: number(streak.lowerBound),
      latest: number(streak.lowerBound))
    verdict.fixedIn = number(streak.upperBound)
    return verdict
  }

  private var passing: Verdict {
    let failed = history.observations.count { $0.hasFailure }
    var why = ["passed \(history.observations.count - failed) of \(CountText.of(history.observations.count, "run"))"]
    if failed > 0 { why.append("\(failed) failed, too few or too long ago to say more") }
    return Verdict(
      .passing, why: why + FlakyWords.aside(history), flips: ["a failure and a pass at one commit make it flaky"])
  }

  private func number(_ index: Int) -> Int64 {
    history.timeline.runs[history.observations[index].position].number
  }
}

/// What is said of a flaky test, failing or passing.
enum FlakyWords {
  static func verdict(_ history: TestHistory, _ evidence: FlakeEvidence) -> Verdict {
    let rate = history.rate()
    let share =
      "failed at least once in \(rate.count) of \(CountText.of(rate.of, "run")) (\(ShareText.of(rate.share)), \(rate.interval))"
    return Verdict(.flaky, why: evidence.clauses + [share] + aside(history), rate: rate)
  }

  /// That failures were left out, and why.
  static func aside(_ history: TestHistory) -> [String] {
    guard history.setAside > 0 else { return [] }
    return ["\(CountText.of(history.setAside, "failure")) in mass failures or of infrastructure left out"]
  }
}
