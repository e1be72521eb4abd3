import Foundation
import TestSupport
import Testing
import TriageModel

@testable import Workspace

/// What is trusted is the person's own, and still one entry of the journal: with before and after, and undone as others are.
@Suite struct TrustJournalTests {
  private let place: JournalPlace
  private let time = Timestamp(milliseconds: 2_000_000)
  private let first = ContentHash(of: "1".utf8)
  private let second = ContentHash(of: "2".utf8)

  init() throws { place = try JournalPlace() }

  private var trusted: ContentHash? { place.journal.trust.accepted(place.repository.root + "/a.md") }

  @discardableResult
  private func trust(_ old: ContentHash?, _ new: ContentHash?) throws -> JournalEntry {
    var draft = JournalDraft(action: "trust", title: "trusted", who: "me", time: time)
    draft.trusts = [JournalEntry.Trust(path: "a.md", old: old, new: new)]
    return try place.journal.commit(draft)
  }

  @Test func isTakenBackAndDoneAgain() throws {
    try trust(nil, first)
    try trust(first, second)
    #expect(trusted == second && place.files.isEmpty)
    try place.journal.undo(who: "me", time: time)
    #expect(trusted == first)
    try place.journal.undo(who: "me", time: time)
    #expect(trusted == nil)
    try place.journal.undo(isRedo: true, who: "me", time: time)
    #expect(trusted == first)
    let entries = try place.journal.entries()
    #expect(entries.map { $0.trusts.map(\.new) } == [[first], [second], [first], [nil], [first]])
  }

  @Test func whatWasDecidedSinceIsLeftAlone() throws {
    try trust(nil, first)
    try trust(first, second)
    #expect(throws: JournalError.trust("a.md", .changed)) { try place.journal.undo(1, who: "me", time: time) }
    #expect(throws: JournalError.trust("a.md", .changed)) { try trust(first, nil) }
    #expect(trusted == second)
    #expect(try place.journal.entries().count == 2)
  }

  @Test(arguments: [false, true])
  func aCrashLeavesItTrustedOrNotAndTheEntrySaysWhich(isWritten: Bool) throws {
    try trust(nil, first)
    rename(place.journal.folder + "/000001.done", place.journal.folder + "/000001.open")
    if !isWritten { try place.journal.trust.set(place.repository.root + "/a.md", nil) }
    #expect(try place.journal.recover().map(\.entry.state) == [isWritten ? .done : .back])
    #expect(trusted == (isWritten ? first : nil))
  }
}
