internal import SafeText
internal import TriageModel

/// Failures stop counting until a day: of tests, of one failure of theirs, on some legs.
package struct MuteTests: FailureAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "mute", title: "Mute", verb: "mutes", past: "muted", key: "m",
    help: "mute the marked tests, else this one", hint: "mute",
    inputs: [
      ActionInput("ticket", problem: "a mute needs its ticket", help: "The ticket; required."),
      ActionInput("reason", problem: "a mute needs its reason", help: "Why; required. Everyone reads it."),
      ActionInput("expires", help: "The last day that it holds, YYYY-MM-DD or days as 14d; 14 days without it."),
      ActionInput("owner", help: "Whose it is to mend; else the test's owner."),
      ActionInput("passes", help: "Passes in a row after which it asks to be removed."),
    ],
    options: [
      ActionOption(anyFailure, letter: "f", help: "whatever the test says, and not only this failure"),
      ActionOption(sameLabels, letter: "l", help: "only where the run has these labels"),
      ActionOption(evenContract, letter: "c", help: "though it is a contract, whose failure blocks a release"),
      ActionOption(isGlob, letter: nil, help: "TEST is a pattern of names, as tests/unit/*"),
    ],
    abstract: "Say that failures do not count, until a day.",
    discussion: """
      Only the failure that the test has now is muted: another one in the same test is red again (--any-failure \
      mutes them all). A mute needs a ticket and a reason, and ends. Muted tests still run, are still shown and counted, \
      and stay in the history. The entry is a line of .assay/mutes.yaml, which is reviewed in git.
      """)

  /// The option that mutes the test whatever it says.
  package static let anyFailure = "any-failure"
  /// The option that mutes it only where the run has these labels.
  package static let sameLabels = "same-labels"
  /// The option that mutes a contract too.
  package static let evenContract = "even-contract"
  /// The option that makes the test a pattern of names.
  package static let isGlob = "glob"

  /// A mute that was not yet told on what.
  package init() {}

  /// The mutes as lines of their file.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    guard let ticket = facts.input("ticket") else { throw ActionRefusal("a mute needs its ticket (--ticket)") }
    guard let reason = facts.input("reason") else { throw ActionRefusal("a mute needs its reason (--reason)") }
    if let isTicket = facts.isTicket, !isTicket(ticket) {
      throw ActionRefusal("\(ticket) is no ticket as the configuration describes them (ticket.pattern)")
    }
    let expires = try ExpiryText.day(facts.input("expires"), facts)
    let passes = try Self.passes(facts.input("passes"))
    var plan = Plan()
    var edits: [MuteEdit] = []
    for subject in subjects {
      try check(subject, facts)
      var mute = Mute(subject.scope, ticket: ticket, reason: reason, expires: expires)
      if !facts.options.contains(Self.anyFailure), case .test = subject.scope { mute.signature = subject.signature }
      if facts.options.contains(Self.sameLabels) { mute.labels = subject.labels }
      mute.owner = facts.input("owner") ?? subject.owner
      (mute.author, mute.created, mute.passes) = (facts.who, facts.today, passes)
      plan.mutes.append(mute)
      plan.warnings += Self.warnings(subject, mute)
      // An expired mute about the same is in the way of nothing: it is the one that gets a new life.
      if let old = files.mutes.first(where: { $0.isAbout(mute) }), old.isExpired(on: facts.today) {
        edits.append(.replace(old, with: mute))
      } else {
        edits.append(.add(mute))
      }
    }
    try Self.checkOwners(plan.mutes, files.mutes, facts)
    plan.steps = [.write(try files.changing(edits))]
    let what = plan.mutes.count == 1 ? plan.mutes[0].subject : CountText.of(plan.mutes.count, "test")
    plan.title = "muted \(what) until \(expires) (\(ticket)): \"\(reason)\""
    plan.headline =
      "\(CountText.of(plan.mutes.count, "mute")) until the end of \(expires) (\(CountText.of(expires.days(since: facts.today), "day")))"
    return plan
  }

  private func check(_ subject: FailureSubject, _ facts: FailureFacts) throws(ActionRefusal) {
    if let contract = subject.contract, !facts.options.contains(Self.evenContract) {
      throw ActionRefusal(
        "\(subject.scope.text) is a contract (\(contract)), whose failure blocks a release (--\(Self.evenContract))")
    }
    guard case .glob(let pattern) = subject.scope else { return }
    guard TestPattern(pattern).isGlob else {
      throw ActionRefusal("\(pattern) is no pattern: it has neither * nor ? (without --\(Self.isGlob) it is a test)")
    }
    let (tests, count) = subject.covered
    if tests.isEmpty { throw ActionRefusal("no test of the run fits \(pattern)") }
    if tests.count == count, count > 1 {
      throw ActionRefusal("\(pattern) fits every one of \(count) tests: nothing would be red any more")
    }
  }

  private static func passes(_ text: String?) throws(ActionRefusal) -> Int? {
    guard let text else { return nil }
    guard let count = Int(text), (1...1_000_000).contains(count) else {
      throw ActionRefusal("\(text) is no number of passes")
    }
    return count
  }

  private static func warnings(_ subject: FailureSubject, _ mute: Mute) -> [String] {
    if case .glob(let pattern) = subject.scope {
      let names = subject.covered.tests
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " …" : "")
      return ["\(pattern) covers \(names.count) of \(subject.covered.of) tests: \(shown)"]
    }
    return mute.signature == nil ? ["\(subject.scope.text): whatever it says is muted, a new failure too"] : []
  }

  private static func checkOwners(_ new: [Mute], _ old: [Mute], _ facts: FailureFacts) throws(ActionRefusal) {
    guard let most = facts.settings.perOwner else { return }
    let live = old.filter { !$0.isExpired(on: facts.today) } + new
    for (owner, mutes) in Dictionary(grouping: live, by: { $0.owner ?? "nobody" }) where mutes.count > most {
      throw ActionRefusal("\(owner) would have \(mutes.count) mutes, and \(most) are agreed (mutes.per_owner)")
    }
  }
}

/// The day until which a mute holds, as people type it.
enum ExpiryText {
  /// Reads `2026-12-12`, `14d` or `14`; nothing is the configured number of days.
  static func day(_ text: String?, _ facts: FailureFacts) throws(ActionRefusal) -> Day {
    let today = facts.today
    guard let text else { return today.adding(facts.settings.days) }
    let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text)
    guard let day = Day(text: text) ?? days.flatMap({ (0...100_000).contains($0) ? today.adding($0) : nil }) else {
      throw ActionRefusal("\(text) is no day: YYYY-MM-DD, or days as 14d")
    }
    if day < today { throw ActionRefusal("\(day) is over: a mute that has expired mutes nothing") }
    guard day <= today.adding(facts.settings.mostDays) else {
      throw ActionRefusal("\(day) is more than \(facts.settings.mostDays) days away (mutes.most_days)")
    }
    return day
  }
}
