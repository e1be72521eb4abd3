import TestSupport
import Testing
import TriageModel

@testable import TriageServices

/// Which lines of a file did not run, and which of these ran before, by real commits.
@Suite struct LineCoverageTests {
  private let repository: TemporaryFolder

  init() throws {
    repository = try TemporaryFolder()
    try #require(Shell.run(["git", "init", "-q", repository.path]).status == 0)
  }

  private func commit(_ lines: [String]) throws -> String {
    try repository.write("src/model.py", lines.joined(separator: "\n") + "\n")
    let git = ["git", "-C", repository.path, "-c", "user.name=A", "-c", "user.email=a@b.c"]
    _ = Shell.run(git + ["add", "-A"])
    try #require(Shell.run(git + ["commit", "-q", "--allow-empty", "-m", "x"]).status == 0)
    let hash = Shell.run(git + ["rev-parse", "HEAD"]).output
    return String(hash.prefix { $0 != "\n" })
  }

  private func run(_ id: String, _ commit: String?, covered: String, missing: String) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "coverage.json", folder: "", format: "coverage-py"))
    var item = ReviewItem(ItemKind("coverage", judging: .againstBase), about: "", "src/model.py", .passed)
    item.location = SourceLocation(file: "src/model.py", line: 1)
    item.facts = [(LineRanges.missingFact, missing), (LineRanges.coveredFact, covered)].filter { !$0.1.isEmpty }
    builder.add(item)
    builder.endReport()
    var info = RunInfo(identity: RunIdentity(source: "ci", id: id))
    info.commit = commit
    return Run(info: info, table: builder.table)
  }

  private func coverage(_ runs: [Run]) throws -> LineCoverage {
    let search = CommitSearch(root: repository.path, environment: [:])
    return try #require(search.coverage(of: TestIndex(0), in: runs[0], among: runs)).lines
  }

  @Test func tellsLostFromChangedAndNeverByTheNumbersOfBothCommits() throws {
    let old = try commit(["a", "b", "c", "d", "e", "f"])
    // Two lines come before `c`, which stays, and `e` is another: what was line 3 is 5.
    let new = try commit(["a", "b", "n1", "n2", "c", "d", "E", "f"])
    let before = run("1", old, covered: "1-5", missing: "6")
    let after = run("2", new, covered: "1-2, 4, 6", missing: "3, 5, 7-8")
    let coverage = try coverage([after, before])
    #expect(coverage.text(of: .changed) == "3, 7")
    #expect(coverage.text(of: .lost) == "5")
    #expect(coverage.text(of: .never) == "8")
    #expect(coverage.unknown == nil && coverage.fate(of: 4) == .covered && coverage.fate(of: 99) == nil)
    let source = try #require(
      CommitSearch(root: repository.path).coverage(of: TestIndex(0), in: after, among: [after, before])?.source)
    #expect(String(decoding: source, as: UTF8.self).hasPrefix("a\nb\nn1\n"))
  }

  @Test func callsNoLineLostThatItCannotTellFromOthers() throws {
    let hash = try commit(["a", "b", "c"])
    let after = run("2", hash, covered: "1", missing: "2-3")
    for (before, words) in [
      (nil, "is not open"), (run("1", nil, covered: "1-3", missing: ""), "are not here"),
      (run("1", String(repeating: "f", count: 40), covered: "1-3", missing: ""), "are not here"),
    ] {
      let coverage = try coverage([after] + [before].compactMap(\.self))
      #expect(coverage.lines(of: .lost).isEmpty && coverage.unknown?.contains(words) == true, "\(words)")
      #expect(coverage.text(of: .never) == "2-3")
    }
    // The same commit with another report: every line is still itself.
    #expect(try coverage([after, run("1", hash, covered: "1-3", missing: "")]).text(of: .lost) == "2-3")
  }

  @Test func keepsNumbersOfLinesThatStayWhateverChangedAroundThem() throws {
    var random = Seeded(state: 7)
    let folder = try TemporaryFolder()
    for round in 0..<25 {
      let old = (0..<Int.random(in: 1...30, using: &random)).map { "line \($0)" }
      var new: [String] = []
      for line in old {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: new.append("new \(new.count)")
        case 1: new += [line, "more \(new.count)"]
        case 2: break
        default: new.append(line)
        }
      }
      try folder.write("old", old.map { $0 + "\n" }.joined())
      try folder.write("new", new.map { $0 + "\n" }.joined())
      let diff = Shell.run(["git", "diff", "--no-index", "--unified=0", folder.at("old"), folder.at("new")]).output
      let changes = LineChanges(diff: Array(diff.utf8))
      for (index, line) in new.enumerated() {
        let isOld = line.hasPrefix("line")
        #expect(changes.contains(index + 1) == !isOld, "round \(round)")
        if isOld { #expect(old[changes.oldNumber(of: index + 1) - 1] == line, "round \(round)") }
      }
    }
  }
}
