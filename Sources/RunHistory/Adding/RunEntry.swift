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
  func completed(by other: StoredResult) -> StoredResult {
    let own = AttemptPack.unpack(attempts, of: outcome).count
    let others = AttemptPack.unpack(other.attempts, of: other.outcome).count
    var richer = others > own ? other : self
    let poorer = others > own ? self : other
    richer.duration = richer.duration ?? poorer.duration
    richer.signature = richer.signature ?? poorer.signature
    return richer
  }

  /// Adds a later report's results to those that are kept; both are in order of test and leg.
  ///
  /// A result without a leg gives way to the same test's results with one, whichever came first: its report did not know
  /// of the others.
  static func completed(_ kept: [StoredResult], by later: [StoredResult]) -> [StoredResult] {
    var result: [StoredResult] = []
    result.reserveCapacity(max(kept.count, later.count))
    var place = 0
    for row in kept {
      while place < later.count, (later[place].test, later[place].leg) < (row.test, row.leg) {
        if later[place].test != row.test || later[place].leg != 0 { result.append(later[place]) }
        place += 1
      }
      if place < later.count, later[place].test == row.test, later[place].leg == row.leg {
        result.append(row.completed(by: later[place]))
        place += 1
      } else if row.leg == 0, place < later.count, later[place].test == row.test {
        continue
      } else {
        result.append(row)
      }
    }
    return result + later[place...]
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
