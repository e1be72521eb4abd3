internal import TriageModel

/// A row as a store reads it; columns are counted from 0.
protocol StoredRow {
  /// A column's integer; 0 for NULL.
  func int(_ column: Int32) -> Int64
  /// A column's integer.
  func optional(_ column: Int32) -> Int64?
  /// A column's text; empty for NULL.
  func text(_ column: Int32) -> String
  /// A column's text.
  func optionalText(_ column: Int32) -> String?
}

extension StoredResult {
  /// The columns that a result is read from.
  static let columns = "test, leg, outcome, attempts, duration, signature"

  /// The row of a result.
  init(_ row: some StoredRow) {
    self.init(
      test: row.int(0), leg: row.int(1), outcome: Outcome(stored: row.int(2)), attempts: row.optional(3),
      duration: row.optional(4), signature: row.optional(5))
  }
}

extension RunRecord {
  /// The columns that a run is read from.
  static let columns =
    "id, source, name, attempt, sha, title, branch, started, at, complete, counts, items, took, took_by"

  /// The row of a run.
  init(_ row: some StoredRow) {
    self.init(
      key: RunKey(token: row.int(0)),
      identity: RunIdentity(source: row.text(1), id: row.text(2), attempt: Int(row.int(3))))
    commit = row.optionalText(4)
    commitTitle = row.optionalText(5)
    branch = row.optionalText(6)
    // A run that does not stand where it says it began has a wrong clock: then nothing tells when that was.
    if let started = row.optional(7), started == row.int(8) { startedAt = Timestamp(milliseconds: started) }
    isComplete = row.int(9) != 0
    counts = OutcomeCounts(stored: row.text(10)[...].utf8)
    items = ItemCounts(stored: row.text(11))
    took = RunTime(stored: row.optional(12), by: row.text(13))
  }
}

extension Outcome {
  /// The outcome that a store's number means; a number of no outcome counts as an error, which shows.
  init(stored number: Int64) { self = Outcome(rawValue: UInt8(clamping: number)) ?? .errored }
}
