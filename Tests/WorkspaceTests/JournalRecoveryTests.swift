import Foundation
import TestSupport
import Testing
import TriageModel

@testable import Workspace

/// What the next start makes of what a crash left: every state that the order of writing allows, made by hand.
@Suite struct JournalRecoveryTests {
  private let place: JournalPlace
  private let token: String

  /// A finished entry of three files, which each test turns back to an earlier instant.
  init() throws {
    place = try JournalPlace()
    try place.folder.write("project/a.txt", "old a")
    try place.folder.write("project/gone.txt", "old gone")
    let entry = try place.journal.commit(
      place.draft([
        place.write("a.txt", "new a", expecting: "old a"), place.write("sub/b.txt", "new b", expecting: nil),
        place.write("gone.txt", nil, expecting: "old gone"),
      ]))
    token = entry.token
    rename(place.journal.folder + "/000001.done", place.journal.folder + "/000001.open")
  }

  private enum Part: CaseIterable {
    case a
    case b
    case gone
    case attributes
    case ledger
  }

  /// Makes a part what it was before.
  private func turnBack(_ part: Part) throws {
    switch part {
    case .a: try place.folder.write("project/a.txt", "old a")
    case .b: try FileManager.default.removeItem(atPath: place.folder.at("project/sub/b.txt"))
    case .gone: try place.folder.write("project/gone.txt", "old gone")
    case .attributes: try FileManager.default.removeItem(atPath: place.folder.at("project/.assay/.gitattributes"))
    case .ledger: try FileManager.default.removeItem(atPath: place.folder.at("project/.assay/approvals.jsonl"))
    }
  }

  private var isNew: Bool {
    place.text("a.txt") == "new a" && place.text("sub/b.txt") == "new b" && place.text("gone.txt") == nil
      && place.ledger.count == 3
  }

  private var isOld: Bool { place.files == ["a.txt", "gone.txt"] && place.text("a.txt") == "old a" }

  @Test(arguments: 0...5)
  func finishesOrForgetsWhateverWasReached(written: Int) throws {
    for part in Part.allCases.dropFirst(written) { try turnBack(part) }
    if written < 5 { try place.folder.write("project/.assay-\(token)-0.tmp", "half") }
    if written < 5 { try place.folder.write("project/.assay-\(token)-5.tmp", "half") }
    let recoveries = try place.journal.recover()
    #expect(recoveries.count == 1)
    #expect(recoveries.first?.entry.state == (written == 0 ? .back : .done))
    #expect(written == 0 ? isOld : isNew, "\(written): \(place.files)")
    #expect(!place.files.contains { $0.contains(".tmp") })
    #expect(try place.journal.entries().map(\.state) == [written == 0 ? .back : .done])
    #expect(try place.journal.recover().isEmpty)
    if written > 0 {
      try place.journal.undo(who: "me", time: Timestamp(milliseconds: 5))
      #expect(place.text("a.txt") == "old a" && place.text("gone.txt") == "old gone")
      #expect(place.text("sub/b.txt") == nil)
    }
  }

  @Test func takesBackTheRestWhenSomebodyWroteOneMeanwhile() throws {
    try turnBack(.ledger)
    try turnBack(.gone)
    try place.folder.write("project/sub/b.txt", "theirs")
    let recovery = try #require(try place.journal.recover().first)
    #expect(recovery.entry.state == .back && recovery.words.contains("sub/b.txt"))
    #expect(place.text("a.txt") == "old a" && place.text("gone.txt") == "old gone")
    #expect(place.text("sub/b.txt") == "theirs" && place.ledger.isEmpty)
  }

  @Test func whatCameAfterAWholeEntryDoesNotMatter() throws {
    try place.folder.write("project/a.txt", "later")
    #expect(try place.journal.recover().map(\.entry.state) == [.done])
    #expect(place.text("a.txt") == "later")
  }

  @Test func theNextEntryMendsFirst() throws {
    try turnBack(.ledger)
    let next = try place.journal.commit(place.draft([place.write("c.txt", "c", expecting: nil)]))
    #expect(next.number == 2 && isNewButFor("c.txt"))
    #expect(try place.journal.entries().map(\.state) == [.done, .done])
  }

  private func isNewButFor(_ path: String) -> Bool {
    place.text("a.txt") == "new a" && place.text(path) != nil && place.ledger.count == 4
  }

  @Test func damagedJournalsAreNoTrap() throws {
    for (name, text) in [
      ("000002.open", "{}"), ("000003.done", "no json"), ("x.open", ""), ("000004.open", ""), ("9.9.open", "{}"),
    ] {
      _ = FileManager.default.createFile(atPath: place.journal.folder + "/" + name, contents: Data(text.utf8))
    }
    #expect(try place.journal.recover().map(\.entry.number) == [1])
    #expect(try place.journal.commit(place.draft([])).number == 5)
  }
}
