import Foundation
import TestSupport
import Testing

/// The 40 runs of the example project: assay counts what pytest counted, and sees the retries that were planted.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct ChurnRunsTests {
  private static let folder = Corpus.root + "/churn"
  private static let runs = (1...40).map { String(repeating: "0", count: $0 < 10 ? 2 : 1) + String($0) }

  private func list(_ run: String) throws -> [String: Any] {
    let program = try Program()
    let ending = try program.run("list", Self.folder + "/runs/" + run, "--all", "--json")
    #expect(ending.status == 0 && ending.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
  }

  /// The counts in pytest's last line: `1 failed, 26 passed, 2 skipped in 2.50s`.
  private func pytestCounts(_ run: String) throws -> [String: Int] {
    let log = try String(contentsOfFile: Self.folder + "/runs/\(run)/console.log", encoding: .utf8)
    let line = try #require(log.split(whereSeparator: \.isNewline).last { $0.contains(" in ") && $0.hasPrefix("=") })
    var counts: [String: Int] = [:]
    for part in line.split(whereSeparator: { $0 == "," || $0 == "=" }) {
      let words = part.split(separator: " ")
      if words.count >= 2, let count = Int(words[0]) { counts[String(words[1])] = count }
    }
    return counts
  }

  @Test(arguments: runs) func countsWhatPytestCounted(run: String) throws {
    let json = try list(run)
    let runs = try #require(json["runs"] as? [[String: Any]])
    #expect(runs.count == 1 && runs[0]["complete"] as? Bool == true)
    let counts = try #require(runs[0]["counts"] as? [String: Int])
    let expected = try pytestCounts(run)
    #expect(!expected.isEmpty)
    #expect(counts["passed", default: 0] + counts["passed_on_retry", default: 0] == expected["passed", default: 0])
    #expect(counts["failed"] == expected["failed", default: 0])
    #expect(counts["errored"] == expected["error", default: 0] + expected["errors", default: 0])
    #expect(counts["skipped"] == expected["skipped", default: 0])
    #expect(counts["total"] == counts.filter { $0.key != "total" }.values.reduce(0, +))
    #expect(tests(in: json).count == counts["total"])
  }

  /// The tests of an answer, without the other items.
  private func tests(in json: [String: Any]) -> [[String: Any]] {
    (json["tests"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == "test" }
  }

  /// Nulls above the limit from run 21, an unknown category from run 26, as TRUTH.md has it.
  @Test(arguments: [(19, 0), (20, 1), (24, 1), (25, 2), (39, 2)])
  func seesTheDataThatWasPlanted(place: Int, failing: Int) throws {
    let items = try #require(try list(Self.runs[place])["runs"] as? [[String: Any]])[0]["items"] as? [String: Any]
    let counts = items?["expectation"] as? [String: Int]
    #expect(counts?["failed"] == failing && counts?["total"] == 4)
  }

  /// One letter a run and test, from the table of TRUTH.md: `.` passed, `r` passed after a retry, `F` failed.
  private static func truth() throws -> [String: [Character]] {
    let text = try String(contentsOfFile: folder + "/TRUTH.md", encoding: .utf8)
    var truth: [String: [Character]] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ")
      guard parts.count == 2, parts[0].count == runs.count, parts[0].allSatisfy({ ".rF".contains($0) }) else {
        continue
      }
      truth[String(parts[1])] = Array(parts[0])
    }
    return truth
  }

  @Test(arguments: runs.indices) func seesTheRetriesAndFailuresThatWerePlanted(place: Int) throws {
    let truth = try Self.truth()
    #expect(truth.count == 11)
    let tests = tests(in: try list(Self.runs[place]))
    var seen: [String: Character] = [:]
    for test in tests {
      let id = try #require(test["id"] as? String)
      let dotted = id.replacing(".py::", with: "::").replacing("/", with: ".")
      switch test["outcome"] as? String {
      case "passed_on_retry": seen[dotted] = "r"
      case "failed", "errored", "timed_out": seen[dotted] = "F"
      default: seen[dotted] = "."
      }
    }
    for (id, letters) in truth { #expect(seen[id] == letters[place], "\(id) in run \(Self.runs[place])") }
    #expect(seen.filter { $0.value != "." && truth[$0.key] == nil }.isEmpty)
  }
}
