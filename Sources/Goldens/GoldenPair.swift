package import TriageModel

/// The two sides of a golden as a convention recovered them from a run: bytes are only named, not yet read.
package struct GoldenPair: Sendable, Equatable {
  /// Where the bytes of a side can be had.
  package enum Side: Sendable, Equatable {
    /// A file of the run's artifacts, or one beside the golden that the framework left there.
    case file(location: String, shown: String)
    /// Bytes rebuilt from what the run said.
    case bytes([UInt8])
    /// The golden itself, as it was at the run's commit; the working tree's where that is not known.
    case repository
    /// There is none: a golden that is new, or is not used any more.
    case none
    /// There was one, and it cannot be had.
    case unknown
  }

  /// The golden.
  package var location: GoldenLocation
  /// The id of the convention.
  package var convention: String
  /// The id of the test that read it; empty when nothing tells.
  package var test: String
  /// The test's row in the run's table; nil when the table does not have it.
  package var testIndex: TestIndex?
  /// The golden as the run compared with it.
  package var expected: Side
  /// What the run produced.
  package var actual: Side
  /// How the sides were recovered.
  package var recovery: GoldenRecovery
  /// Whether the expected side stands in source code: it can be looked at, and no golden can be written.
  package var isInSource = false
  /// The id of the kind, where the artifacts say it; else it is told from names and bytes.
  package var kind: String?
  /// The tolerance the test itself applies, where the artifacts say it.
  package var tolerance: Tolerance?
  /// What the artifacts claim that the sides' hashes are; bytes with another hash are refused.
  package var claimedHashes: (expected: ContentHash?, actual: ContentHash?) = (nil, nil)
  /// Attempts at the test that produced other bytes: their hashes.
  package var otherActuals: [ContentHash] = []
  /// What a person should know, a sentence each: why the recovery is partial, what the framework measured.
  package var remarks: [String] = []

  /// A pair of a convention.
  package init(
    location: GoldenLocation, convention: String, test: String, testIndex: TestIndex? = nil, expected: Side,
    actual: Side,
    recovery: GoldenRecovery
  ) {
    self.location = location
    self.convention = convention
    self.test = test
    self.testIndex = testIndex
    self.expected = expected
    self.actual = actual
    self.recovery = recovery
  }

  package static func == (left: GoldenPair, right: GoldenPair) -> Bool {
    left.location == right.location && left.convention == right.convention && left.test == right.test
      && left.testIndex == right.testIndex && left.expected == right.expected && left.actual == right.actual
      && left.recovery == right.recovery && left.kind == right.kind && left.tolerance == right.tolerance
      && left.claimedHashes == right.claimedHashes && left.otherActuals == right.otherActuals
      && left.remarks == right.remarks && left.isInSource == right.isInSource
  }
}
