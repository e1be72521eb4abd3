internal import GRDB
internal import TriageModel

/// The names of legs, read when they are first met: there may be far more than a question needs.
final class LegNames {
  private let cursor: Cursor
  private var known: [Int64: String] = [0: ""]

  init(_ database: Database) throws { cursor = try Cursor(database, "SELECT name FROM legs WHERE id = ?") }

  /// A stored result as others see it.
  func record(_ run: Int64, _ result: StoredResult) throws -> ResultRecord {
    ResultRecord(
      run: run, outcome: result.outcome, attempts: AttemptPack.unpack(result.attempts, of: result.outcome),
      duration: result.duration.map { Double($0) / 10_000 },
      signature: result.signature.map { SignatureKey(UInt64(bitPattern: $0)) },
      leg: result.leg == 0 ? "" : try name(of: result.leg))
  }

  private func name(of leg: Int64) throws -> String {
    if let name = known[leg] { return name }
    cursor.bind(1, leg)
    defer { cursor.reset() }
    let name = try cursor.next() ? cursor.text(0) : ""
    known[leg] = name
    return name
  }
}
