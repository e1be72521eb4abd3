/// What the attempts at one test came to.
package struct RerunCounts: Sendable, Equatable {
  /// Attempts that passed at once.
  package private(set) var passed = 0
  /// Attempts that failed.
  package private(set) var failed = 0
  /// Of these, attempts that said another thing than the failure that is asked about.
  package private(set) var otherwise = 0
  /// Attempts that nothing follows from, by why.
  package private(set) var unusable: [String: Int] = [:]
  /// The outcomes in the order of the attempts.
  package private(set) var outcomes: [RerunOutcome] = []

  /// No attempt yet.
  package init() {}

  /// Attempts that tell something.
  package var told: Int { passed + failed }

  /// Passes since the last failure.
  package var passesInRow: Int {
    var count = 0
    for outcome in outcomes.reversed() {
      switch outcome {
      case .passed: count += 1
      case .failed: return count
      case .unusable: continue
      }
    }
    return count
  }

  /// Adds an attempt; `signature` is that of the failure that is asked about.
  package mutating func add(_ outcome: RerunOutcome, of signature: SignatureKey?) {
    outcomes.append(outcome)
    switch outcome {
    case .passed: passed += 1
    case .failed(let key):
      failed += 1
      if let signature, let key, key != signature { otherwise += 1 }
    case .unusable(let why): unusable[why, default: 0] += 1
    }
  }
}
