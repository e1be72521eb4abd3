import Testing
import TriageModel

@testable import Goldens

struct YAMLTests {
  @Test func quotesAndStylesAreFormatAndTypesAreNot() throws {
    #expect(!(try compare("a: x\nb: [1, 2]\n", "b:\n- 1\n- 2\na: 'x'\n")).differs)
    #expect(!(try compare("a: |\n  x\n  y\n", "a: \"x\\ny\\n\"\n")).differs)
    let comparison = try compare("a: 1\n", "a: \"1\"\n")
    #expect(comparison.summary.changed == 1 && comparison.intolerable == 1)
    #expect(try compare("1: x\n", "\"1\": x\n").differs)
    #expect(try compare("a: !x 1\n", "a: !y 1\n").differs)
    #expect(try compare("a: 010\n", "a: 10\n").differs)
  }

  @Test func numbersAreJudgedAsWritten() throws {
    let comparison = try compare("scores:\n- 0.10\n- 1.5\n- .nan\n", "scores:\n- 0.1\n- .nan\n- .nan\n")
    #expect(comparison.summary.changed == 1 && comparison.summary.nanBorn == 1)
    #expect(comparison.summary.first == "$.scores[1]")
    #expect(!(try compare("- +.inf\n- 1e3", "- .inf\n- 1000.0")).differs)
  }

  @Test func severalDocumentsAreCompared() throws {
    #expect(try compare("a: 1\n---\nb: 1\n", "a: 1\n---\nb: 2\n").summary.first == "$[1].b")
    #expect(try compare("", "a: 1").differs)
  }

  @Test func whatCouldKeepTheParserBusyIsRefused() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<8 {
      bomb += "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
    }
    #expect(throws: GoldenError.limit("the expected side: more than 2000000 values (limit)")) {
      try compare(bomb, "a: 1")
    }
    #expect(throws: GoldenError.self) { try compare(bomb + "b: &b 1\nc: &c 1\n", "a: 1") }
    #expect(throws: GoldenError.self) { try compare(String(repeating: "[", count: 100_000), "a: 1") }
    #expect(throws: GoldenError.malformed("the expected side: line 1: a key is written twice")) {
      try compare("b: 1\nb: 2\n", "a: 1")
    }
  }

  private func compare(_ expected: String, _ actual: String) throws -> Comparison {
    try YAML().compare(Array(expected.utf8), Array(actual.utf8), ComparisonOptions())
  }
}
