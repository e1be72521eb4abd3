internal import FailureAnalysis
package import TriageModel

/// What the attempts at a test mean, in words.
package enum RerunWords {
  /// One sentence: `7 of 10 passed: flaky 30 % [11–60 %]`.
  ///
  /// All passing is not reproduced here, and neither flaky nor fixed; attempts that tell nothing are counted apart.
  package static func sentence(_ counts: RerunCounts) -> String {
    var words = told(counts)
    if counts.otherwise > 0 {
      words +=
        counts.otherwise == counts.failed && counts.failed == 1
        ? ", and the failure says something else" : ", \(counts.otherwise) of the failures say something else"
    }
    let unusable = counts.unusable.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (why, count) in unusable.prefix(2) {
      words += "; \(CountText.of(count, "attempt")) \(count == 1 ? "tells" : "tell") nothing: \(why)"
    }
    if unusable.count > 2 { words += "; and \(unusable.count - 2) more reasons" }
    return words
  }

  private static func told(_ counts: RerunCounts) -> String {
    switch (counts.passed, counts.failed) {
    case (0, 0): return "nothing is known"
    case (let passed, 0): return "\(passed) of \(passed) passed: not reproduced here"
    case (0, let failed): return "\(failed) of \(failed) failed: fails here every time"
    case (let passed, let failed):
      let rate = Wilson.rate(failed, of: passed + failed)
      return "\(passed) of \(passed + failed) passed: flaky \(ShareText.of(rate.share)) "
        + "[\(ShareText.range(rate.low, rate.high))]"
    }
  }
}
