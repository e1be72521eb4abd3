import Testing

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct MergedTextTests {
  private func merged(_ this: [String], before: [String]? = nil, green: [String]? = nil) -> MergedText {
    var text = MergedText(this, of: .this)
    if let before { text.merge(before, of: .before) }
    if let green { text.merge(green, of: .green) }
    return text
  }

  /// `tb·x`: who has the line, and the line.
  private func shown(_ text: MergedText) -> [String] {
    text.lines.map { line in
      let marks: [(MergedText.Sides, Character)] = [(.this, "t"), (.before, "b"), (.green, "g")]
      return String(marks.map { line.sides.contains($0.0) ? $0.1 : "·" }) + line.text
    }
  }

  @Test func eachLineSaysWhoHasIt() {
    let text = merged(["load", "warn", "fail"], before: ["load", "fail"], green: ["load", "saved"])
    #expect(shown(text) == ["tbgload", "··gsaved", "t··warn", "tb·fail"])
  }

  @Test func nothingOfAnyTextIsLost() {
    let texts = [["a", "b", "a", "c"], ["c", "a", "b"], ["b", "b", "c", "d"]]
    let text = merged(texts[0], before: texts[1], green: texts[2])
    for (side, lines) in zip([MergedText.Sides.this, .before, .green], texts) {
      #expect(text.lines.filter { $0.sides.contains(side) }.map(\.text) == lines)
    }
  }

  @Test func longStretchesThatAllHaveAreFolded() {
    let lines = (0..<40).map { "line \($0)" }
    let text = merged(lines + ["end"], before: lines + ["other"])
    #expect(text.folded().first == .fold(37, [.this, .before]))
    #expect(text.folded().count == 6)
    // What only this run says is never folded.
    #expect(merged(lines).folded().count == 40)
  }

  @Test func whatOnlyTheRunBeforeSaidAtLengthIsFoldedToo() {
    let lines = (0..<40).map { "line \($0)" }
    let parts = merged(["boom"], before: lines + ["boom"]).folded()
    #expect(parts.contains(.fold(37, .before)))
    // What is missing here and stood in the green run is what a person looks for.
    #expect(!merged(["boom"], green: lines + ["boom"]).folded().contains { if case .fold = $0 { true } else { false } })
  }

  @Test func alikeFromEndToEndStillShowsItsEnds() {
    let lines = (0..<40).map { "line \($0)" }
    let parts = merged(lines, before: lines).folded()
    #expect(parts.count == 7 && parts[3] == .fold(34, [.this, .before]))
  }
}
