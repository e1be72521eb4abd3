internal import TriageModel

/// A row of a run on its way into the store.
struct RunEntry: Equatable {
  /// The hash of the test's name.
  var hash: Int64
  /// The row in the content.
  var row: Int32
  /// The leg in the store.
  var leg: Int32 = 0
  /// The test in the store; 0 until it is found.
  var test: Int64 = 0
}

/// What the store keeps of a result.
struct StoredResult: Equatable {
  var test: Int64
  var leg: Int64
  var outcome: Outcome
  var attempts: Int64?
  var duration: Int64?
  var signature: Int64?

  /// This result, completed by what another report says of it: more attempts win, and gaps are filled.
  ///
  /// A failure stays one unless the attempts that win tell of the pass that mended it.
  func completed(by other: StoredResult) -> StoredResult {
    let own = AttemptPack.unpack(attempts, of: outcome).count
    let others = AttemptPack.unpack(other.attempts, of: other.outcome).count
    var richer = others > own ? other : self
    let poorer = others > own ? self : other
    let isMended = richer.outcome == .passedOnRetry && own != others
    if poorer.outcome.isFailing, !richer.outcome.isFailing, !isMended {
      (richer.outcome, richer.attempts, richer.signature) = (poorer.outcome, poorer.attempts, poorer.signature)
    }
    richer.duration = richer.duration ?? poorer.duration
    richer.signature = richer.signature ?? poorer.signature
    return richer
  }

  /// Adds a later report's results to those that are kept; both are in order of test and leg.
  ///
  /// A result without a leg gives way to the same test's results with one, whichever came first: its report did not know
  /// of the others. One that failed stays unless one of those did.
  static func completed(_ kept: [StoredResult], by later: [StoredResult]) -> [StoredResult] {
    var result: [StoredResult] = []
    result.reserveCapacity(max(kept.count, later.count))
    var (left, right) = (0, 0)
    while left < kept.count || right < later.count {
      let test = min(left < kept.count ? kept[left].test : .max, right < later.count ? later[right].test : .max)
      let (ownEnd, otherEnd) = (end(of: test, in: kept, from: left), end(of: test, in: later, from: right))
      add(kept[left..<ownEnd], completedBy: later[right..<otherEnd], to: &result)
      (left, right) = (ownEnd, otherEnd)
    }
    return result
  }

  private static func end(of test: Int64, in results: [StoredResult], from start: Int) -> Int {
    var end = start
    while end < results.count, results[end].test == test { end += 1 }
    return end
  }

  /// Adds the results of one test in both.
  private static func add(
    _ own: ArraySlice<StoredResult>, completedBy others: ArraySlice<StoredResult>, to result: inout [StoredResult]
  ) {
    if own.isEmpty || others.isEmpty {
      result += own.isEmpty ? others : own
      return
    }
    if own.count == 1, others.count == 1, let mine = own.first, let theirs = others.first, mine.leg == theirs.leg {
      result.append(mine.completed(by: theirs))
      return
    }
    let legs = Set(own.map(\.leg)).union(others.map(\.leg)).sorted()
    let hasFailingLeg =
      own.contains { $0.leg != 0 && $0.outcome.isFailing }
      || others.contains { $0.leg != 0 && $0.outcome.isFailing }
    for leg in legs {
      let (mine, theirs) = (own.first { $0.leg == leg }, others.first { $0.leg == leg })
      guard let row = mine.map({ mine in theirs.map { mine.completed(by: $0) } ?? mine }) ?? theirs else { continue }
      // In both, or one of a family that both know, it is no stand-in for results with a leg.
      let isStandIn = leg == 0 && legs.count > 1 && (mine == nil) != (theirs == nil)
      if isStandIn, hasFailingLeg || !row.outcome.isFailing { continue }
      result.append(row)
    }
  }
}

extension StoredResult {
  /// The row that a cursor stands at: test, leg, outcome, attempts, duration, signature.
  init(_ cursor: Cursor) {
    self.init(
      test: cursor.int(0), leg: cursor.int(1), outcome: Outcome(stored: cursor.int(2)), attempts: cursor.optional(3),
      duration: cursor.optional(4), signature: cursor.optional(5))
  }
}
