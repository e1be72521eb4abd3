import SafeText
import Testing

@testable import Goldens

/// What was produced, rebuilt from what a failure says.
@Suite struct ReplayTests {
  /// One step from an old text to a new one.
  private enum Step { case keep, remove, add }

  /// Two texts of few different lines, so that many look alike, and the steps between them.
  private func edit(_ random: inout SplitMix) -> (old: [String], new: [String], rows: [(Step, String)]) {
    let words = ["", "a", "b", "  c", "..."]
    var (old, new): ([String], [String]) = ([], [])
    var rows: [(Step, String)] = []
    for _ in 0..<(1 + Int(random.next() % 30)) {
      let word = words[Int(random.next() % UInt64(words.count))]
      switch random.next() % 12 {
      case 0:
        old.append(word)
        rows.append((.remove, word))
      case 1:
        new.append(word + "+")
        rows.append((.add, word + "+"))
      default:
        old.append(word)
        new.append(word)
        rows.append((.keep, word))
      }
    }
    return (old, new, rows)
  }

  /// As syrupy shows it: of more than two like lines the first, a mark and the last.
  private func syrupyRows(_ rows: [(Step, String)]) -> [String] {
    var shown: [String] = []
    var like: [String] = []
    func flush() {
      shown += like.prefix(1).map { "  " + $0 }
      if like.count > 2 { shown.append("...") }
      if like.count > 1 { shown += like.suffix(1).map { "  " + $0 } }
      like = []
    }
    for (step, text) in rows {
      if case .keep = step {
        like.append(text)
        continue
      }
      flush()
      if case .add = step { shown.append("+ " + text) } else { shown.append("- " + text) }
    }
    flush()
    return shown
  }

  @Test func whatIsProvenIsWhatWasReceived() throws {
    var random = SplitMix(seed: 3)
    var proven = 0
    var changed = 0
    for _ in 0..<3000 {
      let (old, new, rows) = edit(&random)
      if old == new || old.isEmpty || new.isEmpty { continue }
      changed += 1
      let text =
        "E   AssertionError: assert [+ received] == [- snapshot]\n"
        + syrupyRows(rows).map { "E     " + $0 }.joined(separator: "\n") + "\n\ntest_a.py:1: AssertionError"
      let message = try #require(SyrupyMessage(FailureText(text)))
      let golden = Array(old.map { $0 + "\n" }.joined().utf8)
      switch SyrupyReplay.outcome(of: message, on: golden) {
      case .proven(let bytes):
        #expect(bytes == Array(new.map { $0 + "\n" }.joined().utf8))
        proven += 1
      case .ambiguous: break
      case .disagrees: Issue.record("a message does not fit its own snapshot:\n\(text)\n\(old)")
      }
    }
    #expect(proven > changed / 2, "\(proven) of \(changed)")
  }

  @Test func doesNotChooseBetweenTextsThatWouldGiveTheSameMessage() throws {
    let text = """
      E   assert [+ received] == [- snapshot]
      E       a
      E      ...
      E       a
      E     - a
      E     + b
      E       a
      E      ...
      E       a
      """
    let message = try #require(SyrupyMessage(FailureText(text)))
    let golden = Array(repeating: "a", count: 12).joined(separator: "\n")
    guard case .ambiguous = SyrupyReplay.outcome(of: message, on: Array(golden.utf8)) else {
      Issue.record("one of many places was taken for the only one")
      return
    }
  }

  @Test func tellsLineEndsThatSyrupyMarks() throws {
    let text = "E   assert [+ received] == [- snapshot]\nE       a\nE     - b\nE     + b␤\n"
    let message = try #require(SyrupyMessage(FailureText(text)))
    #expect(SyrupyReplay.outcome(of: message, on: Array("a\nb".utf8)) == .proven(Array("a\nb\n".utf8)))
  }

  @Test(arguments: [
    "E     - a\nE     + b\nE   \nE     ...Full output truncated, use '-vv' to show",
    "E     - a\nE     + b\nE     ......", "E     - a\nE     + b#x1B[0m",
    "E     - a\nE     + " + String(repeating: "x", count: 1001),
  ])
  func saysWhenAMessageIsNotAll(rows: String) throws {
    let message = try #require(
      SyrupyMessage(FailureText("E   assert [- snapshot] == [+ received]\n" + rows + "\n\na.py:1: AssertionError")))
    #expect(message.damage != nil)
  }

  @Test func appliesUnifiedDifferences() throws {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
    let patch = UnifiedPatch(
      "--- a\n+++ b\n@@ -1,4 +1,3 @@\n 1\n-2\n 3\n 4\n@@ -8,2 +7,3 @@\n 8\n+8.5\n 9".split(separator: "\n"))
    #expect(try patch.applied(to: Array(old.utf8)) == Array("1\n3\n4\n5\n6\n7\n8\n8.5\n9\n".utf8))
    let windows = Array(old.utf8).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    #expect(try patch.applied(to: windows).count { $0 == 0x0D } == 9)
    #expect(throws: UnifiedPatch.Failure.disagrees(line: 2)) { try patch.applied(to: Array("1\nx\n3\n4\n".utf8)) }
  }

  @Test(arguments: [
    "@@ -1,2 +1,2 @@\n 1", "@@ -9999999999999,1 +1 @@\n-1", "@@ -1,99999999999999999999 +1 @@\n-1",
    "@@ -0,1 +0,0 @@\n-1",
    "@@ @@", "@@ -a +b @@", "@@ -1 +1 @@\n-1\n+2\n@@ -1 +1 @@\n-1\n+3",
  ])
  func refusesPatchesThatAreCutOrLie(text: String) {
    let patch = UnifiedPatch(text.split(separator: "\n"))
    #expect(patch.isEmpty || (try? patch.applied(to: Array("1\n2\n".utf8))) == nil)
  }

  @Test func readsBytesAsPythonWritesThem() {
    #expect(PythonBytes.decoded("b'a\\x00\\n\\\\\\''") == [0x61, 0, 0x0A, 0x5C, 0x27])
    #expect(PythonBytes.decoded("b\"it's\"") == Array("it's".utf8))
    for broken in ["b'a", "'a'", "b'\\x0'", "b'\\q'", "b'a'b'", "b'"] {
      #expect(PythonBytes.decoded(broken[...]) == nil)
    }
  }

  @Test func fillsOneGlobWithWhatTheOtherOneFound() {
    let expected = GlobCapture("tests/**/*.json")
    let actual = GlobCapture("out/**/*.actual.json")
    #expect(expected.match("tests/a/b/x.json").flatMap(actual.filled) == "out/a/b/x.actual.json")
    #expect(expected.match("tests/x.json").flatMap(actual.filled) == "out/x.actual.json")
    #expect(actual.match("out/a/x.actual.json").flatMap(expected.filled) == "tests/a/x.json")
    #expect(expected.match("other/x.json") == nil)
    #expect(GlobCapture("*/*").match("a/b/c") == nil)
    #expect(GlobCapture(String(repeating: "*a", count: 40) + "b").match(String(repeating: "a", count: 4000)) == nil)
  }

  @Test func pathsStayInside() {
    #expect(PathText.normal("a/./b/../c") == "a/c")
    for path in ["", "/a", "../a", "a/../../b", "a\0b", ".", String(repeating: "a", count: 5000)] {
      #expect(PathText.normal(path) == nil)
    }
    let names = ["test_x10", "test_x9", "a", "test_x09b", "pytest-2/test_x0", "pytest-10/test_x0"]
    #expect(
      names.sorted(by: PathText.naturallyPrecedes)
        == ["a", "pytest-2/test_x0", "pytest-10/test_x0", "test_x9", "test_x09b", "test_x10"])
  }
}
