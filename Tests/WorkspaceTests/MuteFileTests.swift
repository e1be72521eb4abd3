import TestSupport
import Testing
import TriageModel

@testable import Workspace

@Suite struct MuteFileTests {
  private static let written = """
    # Ours; ask #ml first.
    - test: tests/a.py::test_x   # the shared host
      ticket: ML-1
      reason: >
        a long story
        # not a comment
      expires: 2026-12-01  # after the release

    # The contract team's.
    - {glob: "tests/slow/*", ticket: "ML-2", expires: 2026-12-24, reason: "slow", labels: {shard: "2"}}
    - test: tests/b.py::test_y
      signature: 0123456789abcdef
      ticket: ML-3
      reason: flaky
      expires: 2026-12-02
    # the end

    """

  private func day(_ text: String) throws -> Day { try #require(Day(text: text)) }

  @Test func readsWhatPeopleWrite() throws {
    let file = try MuteFile(text: Self.written)
    #expect(file.problems.isEmpty && file.mutes.map(\.ticket) == ["ML-1", "ML-2", "ML-3"])
    let first = try day("2026-12-01")
    #expect(file.mutes[0].scope == .test("tests/a.py::test_x") && file.mutes[0].expires == first)
    #expect(file.mutes[1].scope == .glob("tests/slow/*") && file.mutes[1].labels == ["shard": "2"])
    #expect(file.mutes[2].signature?.text == "0123456789abcdef")
  }

  /// Everything that is not the change stays byte for byte, whatever the line ends.
  @Test(arguments: ["\n", "\r\n"])
  func changesOnlyWhatIsChanged(end: String) throws {
    let text = Self.written.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
    let file = try MuteFile(text: text)
    var longer = file.mutes[0]
    longer.expires = try day("2026-12-31")
    let extended = try file.applying([.replace(file.mutes[0], with: longer)]).text
    #expect(extended == text.replacing("2026-12-01", with: "2026-12-31"))
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let removed = try file.applying([.remove(file.mutes[2])]).text
    #expect(removed == (lines[..<10] + lines[15...]).joined(separator: "\n"))
    let added = Mute(.test("c"), ticket: "ML-4", reason: "it: \"says\" #1", expires: try day("2026-12-05"))
    let grown = try file.applying([.add(added), .remove(file.mutes[1])]).text
    #expect(try MuteFile(text: grown).mutes == [file.mutes[0], file.mutes[2], added])
    #expect(grown.utf8.starts(with: lines[..<9].joined(separator: "\n").utf8) && grown.contains("# the end"))
  }

  /// Adding and taking away again is nothing, for any mutes in any order.
  @Test func whatIsAddedCanBeTakenAway() throws {
    let file = try MuteFile(text: Self.written)
    for name in ["a", "tests/x.py::test[1-é]", "spec › it \"works\"", "a\\b", "# no comment", "- {x}", "日本語 %@"] {
      var mute = Mute(.test(name), ticket: "T: 1", reason: name, expires: try day("2027-01-01"))
      mute.labels = ["os": name]
      mute.passes = 3
      let grown = try file.applying([.add(mute)])
      #expect(grown.removed.isEmpty && grown.added.count == 1)
      let again = try MuteFile(text: grown.text)
      #expect(again.mutes.last == mute)
      #expect(try again.applying([.remove(mute)]).text == Self.written)
    }
  }

  @Test(arguments: [
    ("- test: a\n  ticket: T\n  reason: r\n  expires: 2026-02-30\n", "a day that exists"),
    ("- test: a\n  reason: r\n  expires: 2026-12-30\n", "a ticket"),
    ("- test: a\n  ticket: T\n  expires: 2026-12-30\n", "a reason"),
    ("- test: a\n  ticket: T\n  reason: r\n", "expires"),
    ("- test: a\n  glob: b\n  ticket: T\n  reason: r\n  expires: 2026-12-30\n", "not both"),
    ("- test: a\n  tikcet: T\n", "one of"),
    ("- just a text\n", "keys with values"),
  ])
  func anEntryThatSaysTooLittleMutesNothing(text: String, words: String) throws {
    let good = "- {test: good, ticket: T, reason: r, expires: 2026-12-30}\n"
    let file = try MuteFile(text: text + good)
    #expect(file.mutes.map(\.scope.text) == ["good"])
    #expect(file.problems.count == 1 && file.problems[0].words.contains(words), "\(file.problems)")
    // What cannot be read stays as it stands when something else changes.
    #expect(try file.applying([.remove(file.mutes[0])]).text == text)
  }

  @Test(arguments: [
    "<<<<<<< HEAD\n- {test: a, ticket: T, reason: r, expires: 2026-12-30}\n=======\n>>>>>>> x\n",
    "- test: [a\n", "tests: all\n", "- test: a\n  test: b\n  ticket: T\n",
  ])
  func aFileThatCannotBeReadMutesNothing(text: String) {
    #expect(throws: ConfigurationError.self) { try MuteFile(text: text) }
  }

  @Test func ofTwoAboutTheSameTheOneThatEndsFirstHolds() throws {
    let file = try MuteFile(
      text:
        "- {test: a, ticket: T1, reason: r, expires: 2026-12-30}\n- {test: a, ticket: T2, reason: r, expires: 2026-12-20}\n"
    )
    #expect(file.mutes.map(\.ticket) == ["T2"] && file.problems.count == 1)
  }

  @Test func aMuteHoldsForItsFailureItsLabelsAndItsDays() throws {
    var mute = Mute(.test("a::x"), ticket: "T", reason: "r", expires: try day("2026-12-01"))
    mute.signature = SignatureKey(7)
    mute.labels = ["shard": "2"]
    func state(_ key: UInt64?, _ shard: String, _ today: String) throws -> MuteState? {
      MuteList([mute], on: try day(today))
        .state(test: "a::x", signature: key.map { SignatureKey($0) }, labels: ["shard": shard])
    }
    #expect(try state(7, "2", "2026-12-01")?.mute == mute)
    #expect(try state(7, "2", "2026-12-02")?.mute == nil)
    #expect(try state(7, "1", "2026-12-01")?.mute == nil)
    // What is not known is not muted.
    #expect(try state(8, "2", "2026-12-01")?.mute == nil)
    #expect(try state(nil, "2", "2026-12-01")?.mute == nil)
    #expect(MuteList([mute], on: try day("2026-12-01")).state(test: "a::xy", signature: nil, labels: [:]) == nil)
    let carried = MuteList([mute], on: try day("2026-12-01"), carried: [SignatureKey(7): SignatureKey(9)])
    #expect(carried.state(test: "a::x", signature: SignatureKey(9), labels: ["shard": "2"])?.mute == mute)
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-12-31x", "", "yesterday"])
  func whatIsNoDayIsNone(text: String) { #expect(Day(text: text) == nil) }

  @Test func daysCountOn() throws {
    #expect(try day("2024-02-28").adding(2).description == "2024-03-01")
    #expect(try day("2027-01-01").days(since: day("2026-12-30")) == 2)
    #expect(Day(Timestamp(milliseconds: 86_399_999)) == Day(Timestamp(milliseconds: 0)))
  }
}

@Suite struct NoteLedgerTests {
  @Test func aLineReadsBackAndIsTakenBack() throws {
    var note = Note(
      .note, at: "a::x", signature: SignatureKey(7), text: "says \"no\"\n\u{1B}[31m", who: "Jo <j@x>",
      time: Timestamp(milliseconds: 1_000_000))
    (note.ticket, note.runbook, note.run) = ("ML-1", "runbooks/a.md", "run 1")
    #expect(Note(json: note.json) == note && !note.json.contains("\n"))
    let undo = try #require(Ledger.notes.takenBack(note.json, who: "me", time: note.time))
    let again = try #require(Ledger.notes.again(note.json, who: "me", time: note.time))
    #expect(NoteLedger(bytes: Array([note.json, undo].joined(separator: "\n").utf8)).notes.all.isEmpty)
    let ledger = NoteLedger(bytes: Array([again, undo, note.json, "<<<<<<<", "{}"].joined(separator: "\n").utf8))
    #expect(ledger.notes.all.map(\.text) == [note.text] && ledger.damaged == 2)
  }

  @Test func aNoteIsSeenWhereverItsFailureShowsAgain() {
    let time = Timestamp(milliseconds: 0)
    let failure = Note(.note, at: "a::x", signature: SignatureKey(7), text: "of the failure", who: "", time: time)
    let test = Note(.note, at: "a::x", signature: nil, text: "of the test", who: "", time: time)
    let notes = Notes([failure, test])
    #expect(notes.about(test: "b::y", signature: SignatureKey(7)) == [failure])
    #expect(notes.about(test: "a::x", signature: SignatureKey(8)) == [test])
    #expect(notes.about(test: "a::x", signature: SignatureKey(7)).count == 2)
  }
}
