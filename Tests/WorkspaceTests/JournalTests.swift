import Foundation
import TestSupport
import Testing
import TriageModel

@testable import Workspace

/// A repository, a state folder, and a few goldens.
struct JournalPlace {
  let folder: TemporaryFolder
  let repository: Repository
  let journal: Journal

  init(limits: Journal.Limits = Journal.Limits()) throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("project/.git")
    try folder.makeFolder("state")
    repository = Repository(root: folder.at("project"))
    journal = Journal(
      repository: repository,
      directories: Directories(environment: ["HOME": "/", "XDG_STATE_HOME": folder.at("state")]),
      limits: limits)
  }

  func write(_ path: String, _ text: String?, expecting old: String?) throws -> JournalDraft.Write {
    let file = try RepositoryFile(claimed: path, in: repository)
    return JournalDraft.Write(
      file, expected: old.map { ContentHash(of: $0.utf8) }, bytes: text.map { Array($0.utf8) })
  }

  func draft(_ writes: [JournalDraft.Write], reason: String = "meant") -> JournalDraft {
    var draft = JournalDraft(
      action: "approve", title: "approved \(writes.count)", who: "me", time: Timestamp(milliseconds: 1_000_000))
    draft.writes = writes
    draft.lines = writes.map { write in
      ApprovalLine(
        .approve, GoldenLocation(path: write.file.path), convention: "c", old: write.expected,
        new: write.bytes.map { ContentHash(of: $0) }, time: draft.time, who: "me", reason: reason, run: "r"
      ).json
    }
    return draft
  }

  func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: folder.at("project/" + path)).map { String(decoding: $0, as: UTF8.self) }
  }

  var ledger: [String] { (text(Ledger.approvals.path) ?? "").split(separator: "\n").map(String.init) }

  var files: [String] {
    Files.all(in: folder.at("project")).map { String($0.dropFirst(repository.root.count + 1)) }.sorted()
  }
}

@Suite struct JournalTests {
  private let time = Timestamp(milliseconds: 2_000_000)

  @Test func writesAllOfADraftAndTakesItBack() throws {
    let place = try JournalPlace()
    try place.folder.write("project/a.txt", "old a")
    try place.folder.write("project/gone.txt", "gone")
    chmod(place.folder.at("project/a.txt"), 0o640)
    chmod(place.folder.at("project/gone.txt"), 0o600)
    let entry = try place.journal.commit(
      place.draft([
        place.write("a.txt", "new a", expecting: "old a"), place.write("new/b.txt", "b", expecting: nil),
        place.write("gone.txt", nil, expecting: "gone"),
      ]))
    #expect(entry.number == 1 && entry.state == .done)
    #expect(place.files == [".assay/.gitattributes", ".assay/approvals.jsonl", "a.txt", "new/b.txt"])
    #expect(place.text("a.txt") == "new a" && place.text("new/b.txt") == "b")
    #expect(mode(place.folder.at("project/a.txt")) == 0o640)
    #expect(place.ledger.count == 3 && place.ledger.allSatisfy(ApprovalLine.isGenuine))

    let undo = try place.journal.undo(who: "me", time: time)
    #expect(undo.kind == .undo && undo.reverses == 1)
    #expect(place.files == [".assay/.gitattributes", ".assay/approvals.jsonl", "a.txt", "gone.txt"])
    #expect(place.text("a.txt") == "old a" && place.text("gone.txt") == "gone")
    #expect(mode(place.folder.at("project/gone.txt")) == 0o600)
    #expect(!FileManager.default.fileExists(atPath: place.folder.at("project/new")))
    #expect(place.ledger.count == 6)

    try place.journal.undo(isRedo: true, who: "me", time: time)
    #expect(place.text("a.txt") == "new a" && place.text("new/b.txt") == "b" && place.text("gone.txt") == nil)
    #expect(throws: JournalError.self) { try place.journal.undo(isRedo: true, who: "me", time: time) }
    try place.journal.undo(who: "me", time: time)
    #expect(place.text("a.txt") == "old a")
    #expect(try place.journal.entries().map(\.kind) == [.action("approve"), .undo, .redo, .undo])
  }

  @Test func aFileThatSomebodyElseWroteStopsAll() throws {
    let place = try JournalPlace()
    try place.folder.write("project/a.txt", "old a")
    try place.folder.write("project/b.txt", "theirs")
    let draft = try place.draft([
      place.write("a.txt", "new a", expecting: "old a"), place.write("b.txt", "new b", expecting: "old b"),
    ])
    #expect(throws: JournalError.file("b.txt", .changed)) { try place.journal.commit(draft) }
    #expect(throws: JournalError.file("a.txt", .changed)) {
      try place.journal.commit(place.draft([place.write("a.txt", "x", expecting: nil)]))
    }
    #expect(place.files == ["a.txt", "b.txt"] && place.text("a.txt") == "old a")
    #expect(try place.journal.entries().isEmpty)
  }

  @Test func undoLeavesAloneWhatWasChangedSince() throws {
    let place = try JournalPlace()
    try place.folder.write("project/a.txt", "old")
    try place.journal.commit(place.draft([place.write("a.txt", "new", expecting: "old")]))
    try place.folder.write("project/a.txt", "later")
    #expect(throws: JournalError.file("a.txt", .changed)) { try place.journal.undo(who: "me", time: time) }
    #expect(place.text("a.txt") == "later")
  }

  @Test func undoGoesBackStepByStepAndANewDecisionEndsRedo() throws {
    let place = try JournalPlace()
    try place.folder.write("project/a.txt", "0")
    try place.journal.commit(place.draft([place.write("a.txt", "1", expecting: "0")]))
    try place.journal.commit(place.draft([place.write("a.txt", "2", expecting: "1")]))
    #expect(throws: JournalError.file("a.txt", .changed)) { try place.journal.undo(1, who: "me", time: time) }
    try place.journal.undo(who: "me", time: time)
    #expect(place.text("a.txt") == "1")
    #expect(try place.journal.offer(isRedo: false).number == 1)
    #expect(try place.journal.offer(isRedo: true).number == 2)
    try place.journal.commit(place.draft([place.write("a.txt", "3", expecting: "1")]))
    #expect(throws: JournalError.self) { try place.journal.offer(isRedo: true) }
    try place.journal.undo(who: "me", time: time)
    try place.journal.undo(who: "me", time: time)
    #expect(place.text("a.txt") == "0")
    #expect(throws: JournalError.self) { try place.journal.undo(who: "me", time: time) }
  }

  /// An action that this version does not know is its own bytes: it is listed and taken back like any other.
  @Test(arguments: ["cause", "star"])
  func takesBackWhatItDoesNotKnow(action: String) throws {
    let place = try JournalPlace()
    var draft = JournalDraft(action: action, title: "t", who: "me", time: time)
    draft.writes = [try place.write("a.txt", "new", expecting: nil)]
    try place.journal.commit(draft)
    #expect(try place.journal.entries().map(\.kind) == [.action(action)])
    let file = try #require(try? String(contentsOfFile: place.journal.folder + "/000001.done", encoding: .utf8))
    #expect(file.contains("\"kind\":\"\(action)\""))
    try place.journal.undo(who: "me", time: time)
    #expect(place.files.isEmpty)
  }

  @Test func keepsOnlySoMuch() throws {
    var limits = Journal.Limits()
    limits.entries = 3
    let place = try JournalPlace(limits: limits)
    try place.folder.write("project/a.txt", "0")
    for number in 1...6 {
      try place.journal.commit(place.draft([place.write("a.txt", "\(number)", expecting: "\(number - 1)")]))
    }
    #expect(try place.journal.entries().map(\.number) == [4, 5, 6])
    // 3 … 6, and the attributes' only in the first entry.
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.journal.folder + "/blobs").count == 4)
    try place.journal.undo(who: "me", time: time)
    #expect(place.text("a.txt") == "5")
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    stat(path, &status)
    return status.st_mode & 0o7777
  }
}
