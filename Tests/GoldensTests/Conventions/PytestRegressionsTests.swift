import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// Obtained files whose names alone do not tell their golden.
@Suite struct PytestRegressionsTests {
  private static let goldens = [
    "tests/a/test_x/test_v.yml": "a: 1\n", "tests/b/test_x/test_v.yml": "b: 1\n", "tests/a/test_x.py": "",
    "tests/b/test_x.py": "",
  ]

  private func pairs(_ files: [String: String], details: [String: String] = [:]) -> [GoldenPair] {
    var run = RunFixture()
    for suite in ["tests/a/test_x.py", "tests/b/test_x.py"] {
      run.add("test_v", in: suite, details[suite] == nil ? .passed : .failed, details: details[suite] ?? "")
    }
    run.info.files = files.keys.sorted().map { RunFile(path: $0, kind: .other, size: 1, location: $0) }
    return GoldenConventions.pairs(
      in: GoldenEvidence(
        run: run.run(), repository: RepositoryListing(Self.goldens.keys.sorted()), isLocal: false, rules: [],
        readRunFile: { path, _ in files[path].map { Array($0.utf8) } },
        readRepositoryFile: { path, _ in Self.goldens[path].map { Array($0.utf8) } },
        readGoldenAtRun: { path, _ in Self.goldens[path].map { Array($0.utf8) } }, locate: { $0 }))
  }

  private func account(_ pairs: [GoldenPair]) -> [String] {
    pairs.map { pair in
      guard case .file(_, let shown) = pair.actual else { return "\(pair.location)" }
      return "\(pair.location) \(pair.recovery.name) \(shown)"
    }
  }

  @Test func twoModulesOfOneNameAreToldByTheCopyBeside() {
    let found = pairs([
      "tmp/test_v0/test_v.obtained.yml": "b: 2\n", "tmp/test_v0/test_v.yml": "b: 1\n",
      "tmp/test_v1/test_v.obtained.yml": "a: 2\n", "tmp/test_v1/test_v.yml": "a: 1\n",
    ])
    #expect(
      account(found) == [
        "tests/a/test_x/test_v.yml exact bytes tmp/test_v1/test_v.obtained.yml",
        "tests/b/test_x/test_v.yml exact bytes tmp/test_v0/test_v.obtained.yml",
      ])
    #expect(found.map(\.test) == ["tests/a/test_x.py::test_v", "tests/b/test_x.py::test_v"])
  }

  @Test func aFailureThatNamesTheFolderTellsTheTest() {
    let text = """
      E   AssertionError: FILES DIFFER:
      E   /builds/tmp/test_v1/test_v.yml
      E   /builds/tmp/test_v1/test_v.obtained.yml
      """
    let found = pairs(
      ["tmp/test_v1/test_v.obtained.yml": "a: 2\n"], details: ["tests/b/test_x.py": text])
    #expect(account(found) == ["tests/b/test_x/test_v.yml exact bytes tmp/test_v1/test_v.obtained.yml"])
  }

  @Test func whatNothingTellsIsAGuessAndCannotBeApproved() {
    let found = pairs(["tmp/test_v0/test_v.obtained.yml": "c: 2\n"])
    #expect(found.map(\.recovery) == [.partial])
  }

  @Test func retriesAreAttemptsAndTheLastOneCounts() {
    let copies = [9, 10].reduce(into: [String: String]()) { files, number in
      files["pytest-0/popen-gw\(number)/test_v0/test_v.obtained.yml"] = "a: \(number)\n"
      files["pytest-0/popen-gw\(number)/test_v0/test_v.yml"] = "a: 1\n"
    }
    let found = pairs(copies)
    #expect(
      account(found) == [
        "tests/a/test_x/test_v.yml exact bytes pytest-0/popen-gw10/test_v0/test_v.obtained.yml"
      ])
    #expect(found.first?.otherActuals == [ContentHash(of: Array("a: 9\n".utf8))])
  }

  @Test func anotherLegIsSaidAndNoAttempt() {
    let found = pairs([
      "py311/test_v0/test_v.obtained.yml": "a: 2\n", "py311/test_v0/test_v.yml": "a: 1\n",
      "py312/test_v0/test_v.obtained.yml": "a: 3\n", "py312/test_v0/test_v.yml": "a: 1\n",
    ])
    #expect(found.map(\.otherActuals) == [[]])
    #expect(found.first?.remarks == ["Another leg of the run (py311/test_v0) produced other bytes."])
  }

  @Test func namesOfObtainedFilesTellTheGolden() {
    #expect(PytestRegressions.goldenName("test_v.obtained.yml") == "test_v.yml")
    #expect(PytestRegressions.goldenName("a.obtained.b.obtained.csv") == "a.obtained.b.csv")
    for name in [".obtained.yml", "test_v.obtained.", "test_v.obtained.diff.html", "test_v.yml", ""] {
      #expect(PytestRegressions.goldenName(name) == nil)
    }
  }
}
