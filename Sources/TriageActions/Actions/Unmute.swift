internal import TriageModel

/// Mutes are taken away: the failures count again.
package struct Unmute: FailureAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "unmute", title: "Unmute", verb: "unmutes", past: "unmuted", key: nil,
    help: "unmute the marked tests, else this one",
    inputs: [ActionInput("reason", problem: "a decision needs its reason", help: "Why; required.")],
    noun: "mute", abstract: "Take mutes away: the failures count again.",
    discussion: "All mutes about the test go, expired ones too.")

  /// It is about mutes that are there.
  package static let takesMutes = true

  /// An end of mutes that was not yet told of which.
  package init() {}

  /// The file without the mutes.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    guard let reason = facts.input("reason") else { throw ActionRefusal("a decision needs its reason (--reason)") }
    let mutes = try files.mutes(about: subjects)
    var plan = Plan()
    plan.steps = [.write(try files.changing(mutes.map(MuteEdit.remove)))]
    plan.headline = "\(CountText.of(mutes.count, "mute")) would go: what they cover is red again"
    let what = mutes.count == 1 ? mutes[0].subject : CountText.of(mutes.count, "mute")
    plan.title = "unmuted \(what): \"\(reason)\""
    return plan
  }
}
