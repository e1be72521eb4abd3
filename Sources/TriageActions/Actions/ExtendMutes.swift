internal import TriageModel

/// Mutes hold until a later day; an expired one holds again.
package struct ExtendMutes: FailureAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "extend", title: "Extend", verb: "extends", past: "extended", key: nil,
    help: "extend the marked mutes, else this one",
    inputs: [
      ActionInput("expires", help: "The last day that it holds, YYYY-MM-DD or days from today as 14d."),
      ActionInput("reason", problem: "a decision needs its reason", help: "Why; required."),
    ],
    noun: "mute", abstract: "Let mutes hold until a later day.",
    discussion: "The reason is kept in the journal (assay log); the mute keeps its own.")

  /// It is about mutes that are there.
  package static let takesMutes = true

  /// An extension that was not yet told of what.
  package init() {}

  /// The mutes with their new day.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    guard let reason = facts.input("reason") else { throw ActionRefusal("a decision needs its reason (--reason)") }
    let day = try ExpiryText.day(facts.input("expires"), facts)
    var plan = Plan()
    var edits: [MuteEdit] = []
    for mute in try files.mutes(about: subjects) {
      var longer = mute
      longer.expires = day
      plan.mutes.append(longer)
      if longer != mute { edits.append(.replace(mute, with: longer)) }
      if day < mute.expires { plan.warnings.append("\(mute.subject) would end earlier than now (\(mute.expires))") }
    }
    guard !edits.isEmpty else { throw ActionRefusal("they end on \(day) already") }
    plan.steps = [.write(try files.changing(edits))]
    plan.headline = "\(CountText.of(plan.mutes.count, "mute")) until the end of \(day)"
    let what = plan.mutes.count == 1 ? plan.mutes[0].subject : CountText.of(plan.mutes.count, "mute")
    plan.title = "extended \(what) until \(day): \"\(reason)\""
    return plan
  }
}
