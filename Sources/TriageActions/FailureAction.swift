package import TriageModel

/// An action on failing tests, or on tests that the history knows.
package protocol FailureAction: Action {
  /// Whether it is about mutes that are there, and not about failures.
  static var takesMutes: Bool { get }
  /// Whether it goes on for a while as a job, and has a command of its own.
  static var isJob: Bool { get }
  /// What it does with some tests; throws why it cannot be done at all.
  func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan
}

extension FailureAction {
  /// It is about failures, unless an action says otherwise.
  package static var takesMutes: Bool { false }
  /// It is done at once, unless an action says otherwise.
  package static var isJob: Bool { false }
}

/// A test that an action is about, with what is known of its failure.
package struct FailureSubject: Sendable, Equatable {
  /// The test, by its stable name; or a pattern of names.
  package var scope: Mute.Scope
  /// What its failure said; nil when it did not fail, or said nothing.
  package var signature: SignatureKey?
  /// The failure in one line; empty when nothing is known of it.
  package var title = ""
  /// What tells its leg among those of the run: shard, platform, version.
  package var labels: [String: String] = [:]
  /// Who owns it.
  package var owner: String?
  /// Why its failure blocks a release, as a clause; nil when it does not.
  package var contract: String?
  /// What a rerun of it needs; nil for what is not in an open run.
  package var rerun: RerunTest?
  /// Tests of the run that a pattern fits, those that fail first; of how many tests the run has.
  package var covered: (tests: [String], of: Int) = ([], 0)

  /// A test by its stable name, or a pattern.
  package init(_ scope: Mute.Scope, signature: SignatureKey? = nil) {
    self.scope = scope
    self.signature = signature
  }

  package static func == (left: FailureSubject, right: FailureSubject) -> Bool {
    left.scope == right.scope && left.signature == right.signature && left.title == right.title
      && left.labels == right.labels && left.owner == right.owner && left.contract == right.contract
      && left.rerun == right.rerun && left.covered.tests == right.covered.tests && left.covered.of == right.covered.of
  }
}

/// What an action is about.
package enum ActionSubjects: Sendable, Equatable {
  /// Tests of a run.
  case tests([TestIndex])
  /// Tests by the names that the history keeps.
  case names([String])
  /// Mutes that are there.
  case mutes([Mute])

  /// How many.
  package var count: Int {
    switch self {
    case .tests(let tests): tests.count
    case .names(let names): names.count
    case .mutes(let mutes): mutes.count
    }
  }
}

/// What an action on failures is made with: who, when, at which run, what was typed and chosen.
package struct FailureFacts: Sendable, Equatable {
  /// Who decides: `Name <mail>`.
  package var who: String
  /// When.
  package var time: Timestamp
  /// What people call the run; nil when the decision is not made at one.
  package var run: String?
  /// What was typed, by the ids of the inputs.
  package var inputs: [String: String] = [:]
  /// What was chosen, by the ids of the options.
  package var options: Set<String> = []
  /// What the team agreed on mutes.
  package var settings = MuteSettings()
  /// Where tests are run again; nil outside of a repository.
  package var reruns: RerunSetting?
  /// The jobs of the run at its CI service, or why they are not known; nil where nobody asked.
  package var jobs: Result<ServiceJobs, ActionRefusal>?
  /// What a ticket must look like, and how people read that; nil when any text may be one.
  package var isTicket: (@Sendable (String) -> Bool)?

  /// A decision of somebody.
  package init(who: String, time: Timestamp) {
    self.who = who
    self.time = time
  }

  /// What was typed in a line; nil when nothing was.
  package func input(_ id: String) -> String? {
    inputs[id].flatMap { text in text.contains { !$0.isWhitespace } ? text : nil }
  }

  /// The day.
  package var today: Day { Day(time) }

  package static func == (left: FailureFacts, right: FailureFacts) -> Bool {
    left.who == right.who && left.time == right.time && left.run == right.run && left.inputs == right.inputs
      && left.options == right.options && left.settings == right.settings
  }
}

/// Why an action cannot be done at all.
package struct ActionRefusal: Error, Equatable, CustomStringConvertible {
  /// The sentence's end: `could not mute: …`.
  package let description: String

  /// A refusal.
  package init(_ description: String) { self.description = description }
}

/// The files of decisions, as they are now.
package protocol DecisionFiles {
  /// The mutes that are there.
  var mutes: [Mute] { get }
  /// The file of the mutes with changes: what was there stays as it stands.
  func changing(_ changes: [MuteEdit]) throws(ActionRefusal) -> FileWrite
}

extension DecisionFiles {
  /// The mutes whose test, or pattern, is one of the subjects'; throws which has none.
  func mutes(about subjects: [FailureSubject]) throws(ActionRefusal) -> [Mute] {
    var found: [Mute] = []
    for subject in subjects {
      let own = mutes.filter { mute in
        // A certain mute is meant where its failure is said.
        mute.scope == subject.scope && (subject.signature == nil || mute.signature == subject.signature)
      }
      let all = own.isEmpty ? mutes.filter { $0.scope == subject.scope } : own
      if all.isEmpty { throw ActionRefusal("nothing is muted of \(subject.scope.text) (assay mutes)") }
      found += all.filter { !found.contains($0) }
    }
    return found
  }
}
