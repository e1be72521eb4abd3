import Testing

@testable import TriageActions

/// The registry, from which keys, commands, JSON and the journal take their words.
@Suite struct TriageActionsTests {
  private let all = TriageActions.all.map { $0.description }

  @Test func isSortedAndNamesEachActionOnce() {
    #expect(all.map(\.id) == Set(all.map(\.id)).sorted())
    let keys = all.compactMap(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(Set(all.map(\.command)).count == all.count)
    // The journal's own words for the way back and forth.
    #expect(!all.contains { ["undo", "redo", ""].contains($0.id) })
    for action in TriageActions.goldens { #expect(TriageActions.golden(action.description) != nil) }
    for action in TriageActions.causes { #expect(TriageActions.cause(action.description) != nil) }
    #expect(TriageActions.goldens.count + TriageActions.causes.count + TriageActions.failures.count == all.count)
  }

  @Test func asksForEachInputOnce() {
    for action in all {
      #expect(Set(action.inputs.map(\.id)).count == action.inputs.count, "\(action.id)")
      #expect(!action.title.isEmpty && !action.help.isEmpty && !action.abstract.isEmpty, "\(action.id)")
    }
  }

  @Test func whatCannotBeKnownIsNeverNamedAway() {
    for action in all { #expect(Set(action.includes).isSubset(of: [.nanBorn, .shape, .secrets]), "\(action.id)") }
    #expect(Approve.description.includes == [.nanBorn, .shape, .secrets])
  }

  /// An entry of an older journal, or of a newer program, is about what its id says.
  @Test func namesWhatItDoesNotKnow() {
    #expect(TriageActions.noun(of: "cause-split") == "cause" && TriageActions.noun(of: "cause") == "cause")
    #expect(TriageActions.noun(of: "star") == "star")
  }
}
