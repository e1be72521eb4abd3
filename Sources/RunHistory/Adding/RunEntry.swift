package import TriageModel

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

  /// This result, completed by what another report says of it: more attempts win, of as many the worse, and gaps are
  /// filled. A failure stays one unless the attempts that win tell of the pass that mended it. Which of the two came
  /// first changes nothing.
  func completed(by other: StoredResult) -> StoredResult {
    var (richer, poorer) = (self, other)
    if poorer.isRicher(than: richer) { swap(&richer, &poorer) }
    if poorer.outcome.isFailing, !richer.outcome.isFailing, richer.outcome != .passedOnRetry {
      (richer.outcome, richer.attempts, richer.signature) = (poorer.outcome, poorer.attempts, poorer.signature)
    }
    richer.duration = richer.duration ?? poorer.duration
    richer.signature = richer.signature ?? poorer.signature
    return richer
  }

  private func isRicher(than other: StoredResult) -> Bool {
    let own = AttemptPack.unpack(attempts, of: outcome).count
    let others = AttemptPack.unpack(other.attempts, of: other.outcome).count
    if own != others { return own > others }
    if outcome != other.outcome { return outcome.severity < other.outcome.severity }
    return (attempts ?? 0, signature ?? .max, duration ?? -1) > (
      other.attempts ?? 0, other.signature ?? .max, other.duration ?? -1
    )
  }

  /// Adds another report's results to those that are kept; both are in order of test and leg.
  static func completed(_ kept: [StoredResult], by later: [StoredResult]) -> [StoredResult] {
    var result: [StoredResult] = []
    result.reserveCapacity(max(kept.count, later.count))
    var place = 0
    for row in kept {
      while place < later.count, (later[place].test, later[place].leg) < (row.test, row.leg) {
        result.append(later[place])
        place += 1
      }
      if place < later.count, later[place].test == row.test, later[place].leg == row.leg {
        result.append(row.completed(by: later[place]))
        place += 1
      } else {
        result.append(row)
      }
    }
    return result + later[place...]
  }

  /// Results, in order of test and leg, without those that say less than others of the same test: a report that did not
  /// know of the legs, or of all their labels. A failure that no such other tells of stays.
  static func settled(_ results: [StoredResult], _ legs: [Int64: LegName]) -> [StoredResult] {
    let vaguer = pairs(legs)
    if vaguer.isEmpty { return results }
    let vague = Set(vaguer.map(\.vague))
    var settled: [StoredResult] = []
    settled.reserveCapacity(results.count)
    var start = 0
    while start < results.count {
      var end = start + 1
      while end < results.count, results[end].test == results[start].test { end += 1 }
      for place in start..<end {
        let isTold =
          vague.contains(results[place].leg)
          && (start..<end).contains { other in
            vaguer.contains(Pair(vague: results[place].leg, clear: results[other].leg))
              && (results[other].hasFailure || !results[place].hasFailure)
          }
        if !isTold { settled.append(results[place]) }
      }
      start = end
    }
    return settled
  }

  /// Whether results of some legs may say less than others of the same test: else they are settled as they are.
  static func mayBeVague(among legs: [Int64: LegName]) -> Bool { !pairs(legs).isEmpty }

  /// Legs of a run that are compared each with each.
  private static let mostCompared = 200

  private struct Pair: Hashable {
    var vague: Int64
    var clear: Int64
  }

  private static func pairs(_ legs: [Int64: LegName]) -> Set<Pair> {
    var pairs: Set<Pair> = []
    // Of very many, only the one that says nothing gives way.
    for (vague, one) in legs where legs.count <= mostCompared || one.labels.isEmpty {
      for (clear, other) in legs where one.isVaguer(than: other) { pairs.insert(Pair(vague: vague, clear: clear)) }
    }
    return pairs
  }

  /// Whether an attempt failed.
  private var hasFailure: Bool {
    outcome.isFailing || AttemptPack.unpack(attempts, of: outcome).contains(where: \.isFailing)
  }
}

/// The outcomes of a result's attempts as one integer: octal digits behind a leading 1, oldest first.
///
/// One attempt that ended as its test did takes no space. Of more than 20 attempts the last 20 are kept.
package enum AttemptPack {
  /// Attempts that one integer holds.
  package static let most = 20

  /// One attempt that ended as its test did, an array each: a million results share them.
  private static let singles = Outcome.allCases.map { [$0] }

  /// The packed outcomes; nil when the result's own outcome tells them.
  package static func pack(_ attempts: [Outcome], of outcome: Outcome) -> Int64? {
    if attempts.isEmpty || attempts == [outcome] { return nil }
    return attempts.suffix(most).reduce(1) { $0 << 3 | Int64($1.rawValue) }
  }

  /// The outcomes again.
  package static func unpack(_ packed: Int64?, of outcome: Outcome) -> [Outcome] {
    guard var rest = packed, rest > 0 else { return singles[Int(outcome.rawValue)] }
    var attempts: [Outcome] = []
    while rest > 1 {
      attempts.append(Outcome(rawValue: UInt8(rest & 7)) ?? outcome)
      rest >>= 3
    }
    return attempts.reversed()
  }
}

/// A 64-bit hash of a test's name that is the same on every machine: the key that names are found by.
///
/// Two names of one repository that share it would share a history: among a million tests once in 37 million stores.
struct NameHash {
  private var state: UInt64

  /// A hash of what follows, told apart by `seed`.
  init(seed: Int64) { state = Self.fold(UInt64(bitPattern: seed) ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB) }

  /// What a test of a repository is found by.
  static func of(_ test: String, in repository: Int64) -> Int64 {
    var name = test
    return name.withUTF8 { bytes in
      var hash = NameHash(seed: repository)
      hash.add(UnsafeRawBufferPointer(bytes))
      return hash.value
    }
  }

  /// Adds bytes, and that they end here.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      state = Self.fold(state ^ word, 0x8EBC_6AF0_9C88_C6E3)
      place += 8
    }
    var rest: UInt64 = 0
    while place < bytes.count {
      rest = rest << 8 | UInt64(bytes[place])
      place += 1
    }
    state = Self.fold(state ^ rest, UInt64(bytes.count) ^ 0x5899_65CC_7537_4CC3)
  }

  /// The hash so far, as stores keep integers.
  var value: Int64 { Int64(bitPattern: Self.fold(state, 0x1D8E_4E27_C47D_124F)) }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ right).multipliedFullWidth(by: right | 1)
    return product.high ^ product.low ^ left.byteSwapped
  }
}
