/// A run of lines or rows of two sides that stand beside one another.
package struct AlignedRun: Sendable, Equatable {
  /// How the two sides of a run relate.
  package enum Kind: UInt8, Sendable {
    /// They are the same.
    case equal
    /// They differ, and every difference is within the tolerance; as many on each side.
    case tolerated
    /// They differ one for one; as many on each side.
    case changed
    /// Only the expected side has them.
    case removed
    /// Only the actual side has them.
    case added
    /// They stand elsewhere on the actual side: the expected side's place of them. `actual` is where they went.
    case movedAway
    /// They stood elsewhere on the expected side: the actual side's place of them. `expected` is where they came from.
    case movedHere
  }

  /// How the sides relate.
  package var kind: Kind
  /// Lines or rows of the expected side, from 0.
  package var expected: Range<Int>
  /// Lines or rows of the actual side, from 0.
  package var actual: Range<Int>

  /// A run.
  package init(_ kind: Kind, expected: Range<Int>, actual: Range<Int>) {
    self.kind = kind
    self.expected = expected
    self.actual = actual
  }

  /// How many rows of the screen it takes when it is not folded.
  package var height: Int {
    switch kind {
    case .equal, .tolerated, .changed, .removed, .movedAway: expected.count
    case .added, .movedHere: actual.count
    }
  }
}
