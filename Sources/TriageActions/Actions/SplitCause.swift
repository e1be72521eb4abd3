package import TriageModel

/// A failure is a cause of its own, however close its text is to others.
package struct SplitCause: CauseAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "cause-split", title: "Split", verb: "splits", past: "split", key: "C",
    help: "split this test's failure from its cause",
    inputs: [ActionInput("words", label: "reason", problem: "a decision needs its reason")],
    command: ["cause", "split"], abstract: "Say that a failure is a cause of its own.")
  /// It is about the failure under the cursor.
  package static let takesMarks = false

  /// A split.
  package init() {}

  /// What it would do.
  package var headline: String { "this failure would be a cause of its own" }

  /// What is typed for.
  package func subject(causes: Int) -> String { "split this failure from its cause" }

  /// The rule; throws why there is none.
  package func rule(_ facts: CauseFacts, words: String) throws(CauseRefusal) -> CauseRule {
    guard let failure = facts.failure else {
      throw CauseRefusal("the test said nothing that could be told apart")
    }
    guard facts.isShared else {
      throw CauseRefusal("all failures of this cause say the same, so there is nothing to split")
    }
    return CauseRule(.split(failure), reason: words)
  }
}
