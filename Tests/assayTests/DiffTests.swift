import Foundation
import TestSupport
import Testing

/// `assay diff`: what it says, and the status that scripts go by.
@Suite struct DiffTests {
  private func ending(_ files: [String: String], _ arguments: String...) throws -> Shell.Result {
    let program = try Program()
    for (name, text) in files { try program.write(text, to: name) }
    return try program.run(["diff"] + arguments)
  }

  private static let tables = [
    "a.csv": "id,score\nx,0.5\ny,0.25\nz,1\n", "b.csv": "id,score\nx,0.5\nz,1.5\nw,\u{1B}[31m\n",
  ]

  @Test func theSameBytesAreStatusZero() throws {
    let ending = try ending(["a.txt": "a\n", "b.txt": "a\n"], "a.txt", "b.txt")
    #expect(ending.status == 0 && ending.output == "the same bytes\n" && ending.errors.isEmpty)
  }

  @Test func aDifferenceIsStatusOneAndSaysWhereFirst() throws {
    let ending = try ending(Self.tables, "a.csv", "b.csv")
    #expect(ending.status == 1 && ending.errors.isEmpty)
    #expect(ending.output.hasPrefix("real change"))
    #expect(ending.output.contains("id z\n    score  1 → 1.5"))
    #expect(ending.output.contains("id y (only expected)\n  - y, 0.25"))
    #expect(!ending.output.contains("\u{1B}"))
  }

  @Test func aToleranceThatAcceptsAllIsStatusZero() throws {
    let files = ["a.txt": "loss 0.5000\n", "b.txt": "loss 0.5001\n"]
    #expect(try ending(files, "a.txt", "b.txt").status == 1)
    #expect(try ending(files, "a.txt", "b.txt", "--rtol", "1e-3").status == 0)
    #expect(try ending(files, "a.txt", "b.txt", "--atol", "0.0002").status == 0)
  }

  @Test func keysAndKindsAreObeyed() throws {
    let files = ["a.txt": "k,v\na,1\nb,2\n", "b.txt": "k,v\nb,2\na,1\n"]
    let ending = try ending(files, "a.txt", "b.txt", "--kind", "csv", "--key", "k")
    #expect(ending.output.contains("1 rows moved"))
  }

  @Test func jsonIsOneVersionedObject() throws {
    let ending = try ending(Self.tables, "a.csv", "b.csv", "--json")
    #expect(ending.status == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    #expect(object["version"] as? Int == 1)
    #expect(object["kind"] as? String == "csv")
    #expect(object["differs"] as? Bool == true)
    let summary = try #require(object["summary"] as? [String: Any])
    #expect(summary["changed"] as? Int == 1)
    #expect(summary["removed"] as? Int == 1)
    let changes = try #require(object["changes"] as? [[String: Any]])
    #expect(changes.compactMap { $0["kind"] as? String } == ["removed", "changed", "added"])
    #expect(!ending.output.contains("\u{1B}"))
  }

  @Test func longAnswersAreCutUnlessAllIsAskedFor() throws {
    let lines = { (word: String) in (0..<900).map { "\(word) \($0)\n" }.joined() }
    let files = ["a.txt": lines("old"), "b.txt": lines("new")]
    let short = try ending(files, "a.txt", "b.txt")
    #expect(short.output.contains("--all shows them") && !short.output.contains("new 899"))
    #expect(try ending(files, "a.txt", "b.txt", "--all").output.contains("new 899"))
  }

  @Test func whatCannotBeReadIsStatusThree() throws {
    let ending = try ending(["a.txt": "a\n"], "a.txt", "missing.txt")
    #expect(ending.status == 3 && ending.output.isEmpty)
    #expect(ending.errors == "assay: could not read missing.txt: there is no such file or folder\n")
  }

  @Test(arguments: [["a.txt"], ["a.txt", "a.txt", "--rtol", "-1"], ["a.txt", "a.txt", "--kind", "nope"]])
  func aWrongCommandIsStatusTwo(arguments: [String]) throws {
    let program = try Program()
    try program.write("a\n", to: "a.txt")
    let ending = try program.run(["diff"] + arguments)
    #expect(ending.status == 2 && ending.output.isEmpty)
    #expect(ending.errors.hasPrefix("assay: could not ") && ending.errors.count { $0 == "\n" } == 1)
  }
}
