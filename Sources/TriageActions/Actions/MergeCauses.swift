package import TriageModel

/// The failures of some causes are one thing.
package struct MergeCauses: CauseAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "cause-merge", title: "Merge", verb: "merges", past: "merged", key: "c",
    help: "merge the causes of the marked tests",
    inputs: [ActionInput("words", label: "name of the cause", problem: "the cause needs a name")],
    command: ["cause", "merge"], abstract: "Say that causes are one.")
  /// It is about all causes that are marked.
  package static let takesMarks = true

  /// Failures of one cause that a rule names: enough to know the cause by, when not all of its texts come again.
  private static let namedFailures = 8

  /// A merge.
  package init() {}

  /// What it would do.
  package var headline: String { "these failures would be one cause from now on" }

  /// What is typed for.
  package func subject(causes: Int) -> String { "merge \(CountText.of(causes, "cause"))" }

  /// The rule; throws why there is none.
  package func rule(_ facts: CauseFacts, words: String) throws(CauseRefusal) -> CauseRule {
    guard facts.causes.count > 1 else { throw CauseRefusal("their failures are one cause already") }
    return CauseRule(.merge(facts.causes.flatMap { $0.prefix(Self.namedFailures) }), title: words)
  }
}
