import Foundation
import TestSupport
import Testing
import TriageModel

@testable import Workspace

@Suite struct ApprovalsTests {
  private let place = GoldenLocation(path: "tests/a.csv")
  private let old = ContentHash(of: "old".utf8)
  private let new = ContentHash(of: "new".utf8)

  private func line(
    _ decision: ApprovalLine.Decision, at seconds: Int64 = 0, _ change: (inout ApprovalLine) -> Void = { _ in }
  ) -> ApprovalLine {
    var line = ApprovalLine(
      decision, place, convention: "c", old: old, new: new, time: Timestamp(milliseconds: seconds * 1000),
      who: "Jo <jo@x.y>", reason: "say \"why\"\n\u{202E}", run: "run 1")
    change(&line)
    return line
  }

  private func approvals(_ lines: [ApprovalLine]) -> Approvals {
    Approvals(bytes: Ledger.appending(lines.map(\.json), to: []))
  }

  @Test func linesComeBackAsTheyWere() throws {
    let line = line(.approve) {
      ($0.ticket, $0.commit, $0.drift, $0.recovery) = ("T-1", "8acabed", "noise", "exact bytes")
      $0.location.entry = "test_x[1]"
    }
    #expect(ApprovalLine(json: line.json) == line)
    #expect(ApprovalLine.isGenuine(line.json))
    #expect(!line.json.contains("\n") && !line.json.contains("\u{202E}"))
    let deletion = self.line(.approve) { $0.new = nil }
    #expect(ApprovalLine(json: deletion.json) == deletion)
  }

  @Test func aChangedLineIsNotGenuine() {
    let json = line(.approve).json
    #expect(!ApprovalLine.isGenuine(json.replacing("Jo", with: "Al")))
    #expect(!ApprovalLine.isGenuine(json.replacing("\"hash\"", with: "\"hush\"")))
    #expect(!ApprovalLine.isGenuine("{}") && !ApprovalLine.isGenuine("") && !ApprovalLine.isGenuine(",\"hash\":\"\"}"))
  }

  @Test func theNewestDecisionOnAnActualCounts() {
    func isRejected(_ lines: [ApprovalLine], _ actual: ContentHash? = nil) -> Bool {
      approvals(lines).isRejected(place: place, actual: actual ?? new)
    }
    let reject = line(.reject, at: 10)
    #expect(isRejected([reject]))
    #expect(!isRejected([reject], old))
    #expect(!approvals([reject]).isRejected(place: GoldenLocation(path: "b"), actual: new))
    #expect(!isRejected([reject, line(.approve, at: 20)]))
    // The order in the file does not matter where the times tell: merged branches stand one after the other.
    #expect(isRejected([reject, line(.approve, at: 5)]))
    let undo = reject.takenBack(who: "Jo", time: Timestamp(milliseconds: 30_000))
    #expect(!isRejected([reject, undo]))
    #expect(isRejected([reject, undo, reject.again(who: "Jo", time: Timestamp(milliseconds: 30_000))]))
  }

  @Test func theNewestLineSaysWhatAGoldenIs() {
    let first = line(.approve, at: 1) { $0.new = old }
    let second = line(.approve, at: 2)
    let undo = second.takenBack(who: "Jo", time: Timestamp(milliseconds: 3000))
    let reject = line(.reject, at: 4)
    #expect(approvals([first, second]).newest[place]?.line.new == new)
    #expect(approvals([first, second, undo]).newest[place]?.line.new == old)
    let lines = [first, second, undo, reject, reject.takenBack(who: "Jo", time: Timestamp(milliseconds: 5000))]
    #expect(approvals(lines).newest[place]?.line.new == old)
  }

  @Test func foreignLinesAreToldAndLeftOut() {
    let text = "<<<<<<< HEAD\n\(line(.reject).json)\r\n\n=======\nrubbish {\n{\"version\":9}\n\u{FFFD}"
    let approvals = Approvals(bytes: Array(text.utf8) + [0xFF])
    #expect(approvals.entries.map(\.number) == [2] && approvals.entries.allSatisfy(\.isGenuine))
    #expect(approvals.damages.map(\.number) == [1, 4, 5, 6, 7])
    #expect(approvals.damages[0].reason == "a merge conflict's mark")
  }

  @Test func addsToALedgerWithoutAFinalLineEnd() {
    #expect(Ledger.appending(["b"], to: Array("a".utf8)) == Array("a\nb\n".utf8))
    #expect(
      MergeAttributes.adding(rulesFor: [Ledger.approvals.path], to: nil) == Array("approvals.jsonl merge=union\n".utf8))
    #expect(
      MergeAttributes.adding(
        rulesFor: [Ledger.approvals.path], to: Array("* text\napprovals.jsonl merge=union".utf8)) == nil)
  }

  @Test func branchesThatBothDecidedMergeWithoutLosingALine() throws {
    let place = try JournalPlace()
    try FileManager.default.removeItem(atPath: place.folder.at("project/.git"))
    func git(_ arguments: String...) throws {
      let identity = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"]
      let result = Shell.run(["git", "-C", place.repository.root] + identity + arguments)
      try #require(result.status == 0, "git \(arguments): \(result.output) \(result.errors)")
    }
    func decide(_ name: String) throws {
      try place.journal.commit(place.draft([place.write(name, name, expecting: nil)]))
      try git("add", "-A")
      try git("commit", "-qm", name)
    }
    try git("init", "-q", "-b", "main")
    try decide("base")
    try git("checkout", "-qb", "side")
    try decide("side one")
    try decide("side two")
    try git("checkout", "-q", "main")
    try decide("main one")
    try git("merge", "-q", "--no-edit", "side")
    let approvals = try Approvals(place.repository)
    #expect(Set(approvals.entries.map(\.line.location.path)) == ["base", "side one", "side two", "main one"])
    #expect(approvals.entries.count == 4 && approvals.entries.allSatisfy(\.isGenuine) && approvals.damages.isEmpty)
  }
}
