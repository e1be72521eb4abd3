package import TriageModel

/// The rows of a run that is added, 16 bytes each: what few of them have lies apart, since a run has a million.
package struct RunRows: RandomAccessCollection, Sendable, Equatable {
  private struct Slot: Equatable {
    /// Tenths of milliseconds; -1 is unknown.
    var duration: Int64
    var leg: Int32
    var outcome: Outcome
    /// Whether it has attempts or a signature to look up.
    var hasMore: Bool
  }

  private var slots: [Slot] = []
  private var attempts: [Int32: Int64] = [:]
  private var signatures: [Int32: SignatureKey] = [:]

  /// The first row.
  package let startIndex = 0
  /// Behind the last row.
  package var endIndex: Int { slots.count }

  /// No rows.
  package init() {}

  /// A row, by its number in the run.
  package subscript(row: Int) -> RunContent.Row {
    let slot = slots[row]
    let number = Int32(truncatingIfNeeded: row)
    return RunContent.Row(
      outcome: slot.outcome, attempts: slot.hasMore ? attempts[number] : nil,
      duration: slot.duration < 0 ? nil : slot.duration, signature: slot.hasMore ? signatures[number] : nil,
      leg: slot.leg)
  }

  /// Adds a row.
  package mutating func append(_ row: RunContent.Row) {
    let number = Int32(truncatingIfNeeded: slots.count)
    let hasMore = row.attempts != nil || row.signature != nil
    slots.append(Slot(duration: row.duration ?? -1, leg: row.leg, outcome: row.outcome, hasMore: hasMore))
    if let packed = row.attempts { attempts[number] = packed }
    if let key = row.signature { signatures[number] = key }
  }

  /// Makes room for so many rows.
  mutating func reserveCapacity(_ count: Int) { slots.reserveCapacity(count) }

  /// The keys of what its failures said.
  package var signatureKeys: Set<SignatureKey> { Set(signatures.values) }

  /// Gives the rows of some keys others.
  package mutating func rename(_ keys: [SignatureKey: SignatureKey]) {
    signatures = signatures.mapValues { keys[$0] ?? $0 }
  }
}

/// What a store keeps of entries that have their tests and legs, made as it is asked for: beside its table a run's results
/// are in memory once.
struct RunResults: RandomAccessCollection {
  let entries: [RunEntry]
  let rows: RunRows

  let startIndex = 0
  var endIndex: Int { entries.count }

  subscript(place: Int) -> StoredResult {
    let entry = entries[place]
    let row = rows[Int(entry.row)]
    return StoredResult(
      test: entry.test, leg: Int64(entry.leg), outcome: row.outcome, attempts: row.attempts, duration: row.duration,
      signature: row.signature.map { Int64(bitPattern: $0.value) })
  }
}
