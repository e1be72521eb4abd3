import Testing
import TriageModel

@testable import Goldens

struct JSONTests {
  @Test func oneDeletedElementIsOneChange() throws {
    let before = "[" + (0..<50).map { "{\"id\": \($0), \"score\": \($0).5}" }.joined(separator: ",") + "]"
    let after = before.replacing("{\"id\": 7, \"score\": 7.5},", with: "")
    let comparison = try compare(before, after)
    #expect(comparison.summary.removed == 1 && comparison.summary.changed == 0 && comparison.summary.added == 0)
    #expect(comparison.summary.first == "$[7]")
    #expect(comparison.summary.total == 100)
    #expect(rows(comparison) == ["[…] 50 values|[…] 49 values changed", " … 7", " [7] {…} 2 keys|- removed", " … 42"])
  }

  @Test func oneDeletedElementAmongChangedOnesIsOneRemoval() throws {
    let before = (0..<50).map { "{\"text\": \"n\($0)\", \"score\": \($0).5}" }
    let after = (0..<50).filter { $0 != 7 }.map { "{\"text\": \"n\($0)\", \"score\": \($0).75}" }
    let comparison = try compare(
      "[" + before.joined(separator: ",") + "]", "[" + after.joined(separator: ",") + "]")
    #expect(comparison.summary.removed == 1 && comparison.summary.changed == 49 && comparison.summary.added == 0)
    #expect(comparison.drift.kind == .real && comparison.drift.proof.contains("+0.25"))
  }

  @Test func objectsAreFoundByKeyWhenAllChanged() throws {
    let before = (0..<20).map { "{\"id\": \"n\($0)\", \"score\": \($0).5}" }
    var after = (0..<20).map { "{\"id\": \"n\($0)\", \"score\": \($0 * 3).25}" }
    after.swapAt(3, 9)
    after.remove(at: 12)
    let comparison = try compare(
      "[" + before.joined(separator: ",") + "]", "[" + after.joined(separator: ",") + "]")
    #expect(comparison.summary.removed == 1 && comparison.summary.changed == 19 && comparison.summary.moved == 2)
  }

  @Test func theOrderOfKeysAndTheWayOfWritingAreFormat() throws {
    let comparison = try compare(#"{"a": 1, "b": 0.10, "c": "é"}"#, #"{"b":0.1,"a":1.0,"c":"\u00e9"}"#)
    #expect(!comparison.differs)
    #expect(comparison.drift == Drift(.format, "3 values written differently; keys of 1 object in another order"))
    #expect(try compare(#"{"a": [1]}"#, #"{"a":[1]}"#).drift.kind == .format)
  }

  @Test func wholeNumbersAgreeDigitByDigit() throws {
    let comparison = try compare("[9007199254740993]", "[9007199254740992]")
    #expect(comparison.summary.changed == 1 && comparison.intolerable == 1)
    #expect(!(try compare("[-0, 1]", "[0, 1]")).differs)
    #expect(try compare("[1e999]", "[2e999]").differs)
    #expect(try compare("[-5]", "[5]").differs && compare("[10]", "[100]").differs)
    #expect(!(try compare("[1e999, NaN, -Infinity]", "[1e999,NaN,-Infinity]")).differs)
  }

  @Test func whatNoToleranceAcceptsStays() throws {
    var options = ComparisonOptions()
    options.tolerance = Tolerance(relative: 1e-3)
    let comparison = try compare(
      #"{"a": 1.0, "b": "x", "c": [1, 2]}"#, #"{"a": 1.0005, "b": "y", "c": {"d": 1}}"#, options)
    #expect(comparison.summary.tolerated == 1 && comparison.summary.changed == 2)
    #expect(comparison.remaining(under: Tolerance(relative: 1)) == 2)
    #expect(comparison.remaining(under: .exact) == 3)
    #expect(comparison.summary.smallestRelative == nil)
    #expect(try compare("[1.0]", "[1.5]").summary.smallestRelative == 0.5)
  }

  @Test func numbersBornAsNaNAreSaid() throws {
    let comparison = try compare("[1.5, 2.5, NaN]", "[1.5, NaN, NaN]")
    #expect(comparison.summary.nanBorn == 1 && comparison.drift.kind == .nanBorn)
    #expect(comparison.summary.first == "$[1]")
  }

  @Test func duplicateKeysAreKeptAndSaid() throws {
    let comparison = try compare(#"{"a": 1, "a": 2}"#, #"{"a": 1, "a": 3}"#)
    #expect(comparison.summary.changed == 1)
    #expect(comparison.remarks.contains("An object has the key \"a\" twice."))
  }

  @Test func labelsThatFlipStayInPlace() throws {
    let comparison = try compare("[1,1,0,0,0,1,0,1,1]", "[0,1,1,0,0,0,1,1,1]")
    #expect(comparison.summary.changed == 4 && comparison.summary.added == 0)
  }

  @Test func oneDeletedNumberAmongNoiseIsOneRemoval() throws {
    let before = (0..<60).map { Double($0 * 37 % 61) * 1.3 + 0.17 }
    var after = before.map { $0 * (1 + 1e-9) }
    after.remove(at: 20)
    let comparison = try compare("\(before)", "\(after)")
    #expect(comparison.summary.removed == 1 && comparison.summary.changed == 59)
    #expect((comparison.summary.maxRelative?.value ?? 1) < 1e-8)
  }

  @Test func aValueALineIsOneDocument() throws {
    let comparison = try compare("{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":3}\n")
    #expect(comparison.summary.first == "$[1].a")
    #expect(try compare("{\"a\":1}\n", "{\"a\":1}\n{\"a\":3}\n").summary.added == 1)
    #expect(throws: GoldenError.self) { try compare("{} {}", "{}") }
  }

  @Test func deepNestingIsRefusedByItsLimit() {
    let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    #expect(throws: GoldenError.limit("the expected side: more than 512 values inside one another (limit)")) {
      try compare(deep, "[]")
    }
  }

  @Test func whatIsDeepAndAllowedIsCompared() throws {
    let open = String(repeating: "[1, ", count: 500)
    let close = String(repeating: "]", count: 500)
    #expect(try compare(open + "1" + close, open + "2" + close).summary.changed == 1)
    let yaml = try YAML().compare(
      Array((open + "1" + close).utf8), Array((open + "2" + close).utf8), ComparisonOptions())
    #expect(yaml.summary.changed == 1)
  }

  @Test func pathsReadAsPeopleWriteThem() throws {
    let comparison = try compare(#"{"a b": {"c.d": [0, {"e": 1}]}}"#, #"{"a b": {"c.d": [0, {"e": 2}]}}"#)
    #expect(comparison.summary.first == #"$["a b"]["c.d"][1].e"#)
  }

  @Test func clippingIsNamedThoughLabelsStandBesideScores() throws {
    let scores = (0..<40).map { Double($0 * 37 % 40) / 40 + 0.013 }
    func document(_ scores: [Double]) -> String {
      "{\"labels\": [\(scores.map { $0 > 0.5 ? "1" : "0" }.joined(separator: ","))],"
        + "\"scores\": [\(scores.map { "\($0)" }.joined(separator: ","))]}"
    }
    let comparison = try compare(document(scores), document(scores.map { min(0.75, max(0.25, $0)) }))
    #expect(comparison.drift.kind == .clipping, "\(comparison.drift.proof)")
    #expect(comparison.drift.proof.contains("0.25") && comparison.drift.proof.contains("0.75"))
  }

  @Test func wordsAreRenamedOnlyWhereNoneStays() throws {
    let before = "[" + (0..<30).map { ["\"plus\"", "\"pro\"", "\"basic\""][$0 % 3] }.joined(separator: ",") + "]"
    #expect(try compare(before, before.replacing("plus", with: "premium")).drift.kind == .remap)
    var words = before.split(separator: ",")
    words[3] = "\"premium\""
    words[9] = "\"premium\""
    words[15] = "\"premium\""
    #expect(try compare(before, words.joined(separator: ",")).drift.kind == .real)
  }

  private func compare(
    _ expected: String, _ actual: String, _ options: ComparisonOptions = ComparisonOptions()
  ) throws -> Comparison {
    try JSON().compare(Array(expected.utf8), Array(actual.utf8), options)
  }

  private func rows(_ comparison: Comparison) -> [String] {
    guard case .tree(let tree) = comparison.body else { return [] }
    return (0..<tree.count).map { index in
      let row = tree.row(at: index)
      let indent = String(repeating: " ", count: row.depth)
      if row.folded > 0 { return indent + "… \(row.folded)" }
      let label = row.label.isEmpty ? "" : row.label + " "
      return "\(indent)\(label)\(row.expected ?? "-")|\(row.actual ?? "-") \(row.kind)"
    }
  }
}
