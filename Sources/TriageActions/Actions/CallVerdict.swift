internal import SafeText
package import TriageModel

/// A person's word on a failure: what it is, whatever the verdict says of it.
package struct CallVerdict: FailureAction {
  /// The verdicts that a person may give: what it is, and not what the tests tell by themselves.
  package static let labels: [Verdict.Label] = [.new, .broken, .flaky, .infra]
  private static let words = labels.map(\.word).joined(separator: ", ")

  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "call", title: "Call", verb: "calls it that", past: "called", key: "=",
    help: "call the failure something else than its verdict does", hint: nil,
    inputs: [verdict],
    abstract: "Call a failure something else than its verdict does.",
    discussion: """
      The verdict stays what it is: it is worked out from what the tests did. What a person called the failure is shown \
      beside it, is a line of .assay/notes.jsonl, and decides in `assay health --verdicts` whether assay was right.
      """)

  private static let verdict: ActionInput = {
    var input = ActionInput(
      "verdict", problem: "what is it: \(words)?", help: "What it is: \(words), or how that begins; required.")
    input.hint = words
    return input
  }()

  /// A verdict that was not yet told on what.
  package init() {}

  /// A line of the ledger for each test: a verdict is on what a test did in a run.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    let typed = facts.input("verdict")?.lowercased().filter { !$0.isWhitespace } ?? ""
    guard !typed.isEmpty, let label = Self.labels.first(where: { $0.word.hasPrefix(typed) }) else {
      throw ActionRefusal("“\(typed)” is no verdict that a person gives: \(Self.words)")
    }
    var plan = Plan()
    for subject in subjects {
      var note = Note(
        .called, at: subject.scope.text, signature: subject.signature, text: label.word, who: facts.who,
        time: facts.time)
      note.run = facts.run
      plan.steps.append(.keep(note))
    }
    let what = subjects.count == 1 ? subjects[0].scope.text : CountText.of(subjects.count, "test")
    plan.title = "called \(label.word): \(what)"
    plan.headline = "\(CountText.of(subjects.count, "failure")) would be called \(label.word)"
    return plan
  }
}
