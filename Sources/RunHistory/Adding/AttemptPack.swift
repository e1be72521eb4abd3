package import TriageModel

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
