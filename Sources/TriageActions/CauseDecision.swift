package import TriageModel

/// A person's word on causes: the failures of some tests are one thing, or one of them is a thing of its own.
package struct CauseDecision: Sendable, Equatable {
  /// What is decided.
  package enum Kind: Sendable, Equatable {
    /// The causes of the tests are one.
    case merge
    /// The failure of the test is a cause of its own.
    case split
  }

  /// The run.
  package var run: RunRef
  /// What is decided.
  package var kind: Kind
  /// The tests of the causes that are merged; or the one that is split off first, then the rest of its cause.
  package var tests: [TestIndex]
  /// What the merged cause is called, or why the failure is another thing.
  package var words = ""

  /// A decision whose words are still to be typed.
  package init(run: RunRef, kind: Kind, tests: [TestIndex]) {
    self.run = run
    self.kind = kind
    self.tests = tests
  }
}
