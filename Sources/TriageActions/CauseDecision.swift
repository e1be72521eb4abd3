package import TriageModel

/// A person's word on causes: the failures of some tests are one thing, or one of them is a thing of its own.
package struct CauseDecision: Sendable, Equatable {
  /// The run.
  package var run: RunRef
  /// What is done.
  package var action: ActionDescription
  /// The tests of the causes that are meant; the one that is split off comes first, then the rest of its cause.
  package var tests: [TestIndex]
  /// What the merged cause is called, or why the failure is another thing.
  package var words = ""

  /// A decision whose words are still to be typed.
  package init(run: RunRef, action: ActionDescription, tests: [TestIndex]) {
    self.run = run
    self.action = action
    self.tests = tests
  }
}
