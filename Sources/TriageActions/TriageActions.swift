/// The registry of actions, sorted by id.
package enum TriageActions {
  /// All of them.
  package static let all: [any Action.Type] = [
    Approve.self, CallVerdict.self, MergeCauses.self, SplitCause.self, ExtendMutes.self, MuteTests.self,
    KeepNote.self, Reject.self, Rerun.self, Unmute.self,
  ]

  /// Those on golden changes.
  package static let goldens = all.compactMap { $0 as? any GoldenAction.Type }

  /// Those on failing tests.
  package static let failures = all.compactMap { $0 as? any FailureAction.Type }

  /// Those on causes.
  package static let causes = all.compactMap { $0 as? any CauseAction.Type }

  /// The action on goldens of a description; nil when it is none.
  package static func golden(_ description: ActionDescription) -> (any GoldenAction)? {
    goldens.first { $0.description.id == description.id }?.init()
  }

  /// The action on failing tests of a description; nil when it is none.
  package static func failure(_ description: ActionDescription) -> (any FailureAction)? {
    failures.first { $0.description.id == description.id }?.init()
  }

  /// The action on causes of a description; nil when it is none.
  package static func cause(_ description: ActionDescription) -> (any CauseAction)? {
    causes.first { $0.description.id == description.id }?.init()
  }

  /// What an entry of the journal is about, by the id of its action: `cause`, `mute`; an id that is not known is one.
  package static func noun(of id: String) -> String {
    all.first { $0.description.id == id }?.description.noun ?? id
  }
}
