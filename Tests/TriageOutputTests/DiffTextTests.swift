import DataSyntax
import Goldens
import Testing

@testable import TriageOutput

@Suite struct DiffTextTests {
  private func diff(_ left: String, _ right: String, _ name: String, color: Bool = false, ascii: Bool = false) throws
    -> String
  {
    let comparison = GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name)
    return try CollectedOutput.text {
      DiffText(style: TextStyle(hasColor: color, isASCII: ascii), showsAll: false).write(
        comparison, expected: "e", actual: "a", to: $0)
    }
  }

  @Test func blanksAtTheEndAreSeen() throws {
    let text = try diff("a\nb  \nc\n", "a\nb\nc\n", "t.txt")
    #expect(text.contains("  - b··\n") && text.contains("(differs only in blanks at the end)"))
    #expect(try diff("b \t\n", "b\n", "t.txt", ascii: true).contains("  - b_\\t\n"))
  }

  @Test func tabsForBlanksAreSeen() throws {
    #expect(try diff("x\ta b\n", "x a b\n", "t.txt").contains("  - x⇥a·b\n  + x·a·b  (differs only in blanks"))
  }

  @Test func theDigitsThatDifferStandOut() throws {
    for (left, right, name) in [
      ("loss 0.61234\n", "loss 0.61301\n", "t.txt"), ("id,v\na,0.61234\n", "id,v\na,0.61301\n", "t.csv"),
      ("[0.61234]", "[0.61301]", "t.json"),
    ] {
      let text = try diff(left, right, name, color: true)
      #expect(text.contains("\u{1B}[31;7m234\u{1B}[0m") && text.contains("\u{1B}[32;7m301\u{1B}[0m"), "\(name)")
    }
  }

  @Test func jsonSaysWhatNobodySees() throws {
    let comparison = GoldenKinds.compare(Array("café\n".utf8), Array("cafe\u{301}\n".utf8), name: "t.txt")
    let text = try CollectedOutput.text { DiffJSON.write(comparison, limit: nil, to: $0) }
    let json = try JSONValue(parsing: Array(text.utf8))
    #expect(json["changes"]?.array?.first?["unseen"]?.string == "normalization")
  }
}
