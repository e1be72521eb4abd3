internal import TriageModel

/// The registry of conventions, sorted by id.
package enum GoldenConventions {
  /// All of them.
  package static let all: [any GoldenConvention] = [
    ApprovalTests(), ConfiguredGoldens(), CapturedGoldens(), GoGolden(), Insta(), Jest(), MatplotlibImages(),
    Playwright(),
    PytestMPL(), PytestRegressions(), PytestRegtest(), SwiftSnapshotTesting(), Syrupy(), Verify(),
  ]

  /// The convention of an id.
  package static func named(_ id: String) -> (any GoldenConvention)? { all.first { $0.id == id } }

  /// The pairs that a run left, one a golden: where two conventions found the same, the better recovered one stays.
  package static func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    var best: [GoldenLocation: GoldenPair] = [:]
    // Each looks through all that the failing tests said.
    for pair in Parallel.map(all.count, { all[$0].pairs(in: evidence) }).joined() {
      if let known = best[pair.location], known.recovery <= pair.recovery { continue }
      best[pair.location] = pair
    }
    return best.values.sorted { $0.location < $1.location }
  }
}
