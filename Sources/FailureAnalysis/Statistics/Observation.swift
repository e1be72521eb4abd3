internal import TriageModel

/// What one run says of one test in one leg, in the terms of the statistics.
struct Observation: Equatable {
  /// The place of the run in the timeline of its branch.
  var position: Int
  /// The place of the run in the order of time.
  var time = 0
  /// The leg it was in, as its result names it.
  var leg = ""
  /// The place of the result among those of its test.
  var source = 0
  /// A number for the commit; nil when the run names none.
  var commit: Int?
  /// Whether it failed after all its attempts.
  var failed: Bool
  /// How many attempts there were and how many of them failed.
  var attempts: Int
  var failingAttempts: Int
  var signature: SignatureKey?
  var duration: Double?
  /// The rule that calls its failure the infrastructure's.
  var rule: String?

  /// Whether any attempt failed.
  var hasFailure: Bool { failed || failingAttempts > 0 }
  /// Whether attempts in this one run went both ways; a failure after a retry that failed is no pass.
  var isMixed: Bool { hasFailure && (!failed || failingAttempts < attempts) }

  /// What a result says; nil when it says nothing of the test's health: skipped, or expected to fail.
  init?(_ result: ResultRecord, position: Int, commit: Int?) {
    switch result.outcome {
    case .skipped, .expectedFailure: return nil
    case .passed, .passedOnRetry, .failed, .errored, .timedOut, .unexpectedPass: break
    }
    let executed = result.attempts.lazy.filter { $0 != .skipped && $0 != .expectedFailure }
    self.position = position
    self.commit = result.isOfItem ? nil : commit
    failed = result.outcome.isFailing
    attempts = max(1, executed.count)
    // A run's last word wins over attempts that do not tell: a pass on retry had one failure at least.
    let failing = executed.count { $0.isFailing }
    failingAttempts = max(failing, result.outcome == .passed || result.outcome == .unexpectedPass ? 0 : 1)
    if result.outcome == .passedOnRetry { attempts = max(attempts, failingAttempts + 1) }
    failingAttempts = min(failingAttempts, attempts)
    signature = result.signature
    duration = result.duration
    leg = result.leg
  }

  /// The order of code; those of one run in an order of their own.
  static func isOlder(_ left: Observation, _ right: Observation) -> Bool {
    if left.position != right.position { return left.position < right.position }
    if left.failed != right.failed { return right.failed }
    return (left.attempts, left.failingAttempts, left.signature?.value ?? 0, left.leg)
      < (right.attempts, right.failingAttempts, right.signature?.value ?? 0, right.leg)
  }
}
