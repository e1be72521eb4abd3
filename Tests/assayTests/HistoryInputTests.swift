import Foundation
import TestSupport
import Testing

/// Runs and exports that are odd, wrong or hostile, given to the built program.
@Suite struct HistoryInputTests {
  private let program: Program

  init() throws { program = try Program() }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let ending = try program.run(arguments + ["--json"])
    try #require(ending.status == 0, "\(arguments): \(ending.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
  }

  private func ingest(_ id: String, time: String? = nil, cases: [String], _ more: String...) throws {
    let tests = cases.map { name in
      let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
      let body = parts.count > 1 ? "<failure message='\(parts[1])'>\(parts[1])</failure>" : ""
      return "<testcase classname='m' name='\(parts[0])' time='0.1'>\(body)</testcase>"
    }
    let moment = time.map { " timestamp='\($0)'" } ?? ""
    let text = "<testsuite name='s' tests='\(tests.count)'\(moment)>\(tests.joined())</testsuite>"
    let file = try program.write(text, to: "in-\(id).xml")
    let ending = try program.run(["ingest", file, "--run-id", id] + more)
    try #require(ending.status == 0 && ending.output.hasPrefix("1 run added"), "\(ending)")
  }

  @Test func oddRunsStandWhereTheyCan() throws {
    try ingest("3", time: "2026-03-01T00:00:00", cases: ["a boom"], "--commit", "cccccccc")
    try ingest("1", time: "2026-01-01T00:00:00", cases: ["a"], "--commit", "aaaaaaaa")
    try ingest("future", time: "2091-01-01T00:00:00", cases: ["a"])
    let none = "{\"run\":{\"source\":\"s\",\"id\":\"none\"}}\n{\"test\":\"m::a\",\"outcome\":\"passed\"}\n"
    #expect(try program.run(["history", "import", "-"], input: none).status == 0)
    try ingest("2", time: "2026-02-01T00:00:00", cases: ["a"])
    let runs = try #require(try json("runs")["runs"] as? [[String: Any]])
    let ids = runs.compactMap { $0["run"] as? String }
    #expect(ids.filter { ["1", "2", "3"].contains($0) } == ["3", "2", "1"])
    for run in runs where ["future", "none"].contains(run["run"] as? String) {
      #expect(run["started"] is NSNull && run["commit"] is NSNull, "\(run)")
    }
    let text = try program.run("runs").output
    #expect(text.contains("no time") && !text.contains("2091"))
    let test = try json("history", "m::a")
    #expect((test["results"] as? [Any])?.count == 5)
    #expect(try program.run("compare", "aaaaaaaa", "cccccccc").output.contains("newly failing"))
  }

  @Test func aBisectionOfTheRepositoryStandsWhereItsCommitsDo() throws {
    let made = try program.shell([
      "sh", "-c",
      """
      git init -q . && git config user.name a && git config user.email a@b && for n in $(seq 10 30); do
      GIT_COMMITTER_DATE=2026-01-${n}T00:00:00Z git commit -q --allow-empty -m c$n && git rev-parse HEAD; done
      """,
    ])
    let commits = made.output.split(separator: "\n").map(String.init)
    try #require(commits.count == 21, "\(made)")
    // Every third commit runs at night; it breaks at the 17th. Then the two between are tried, and the newest again.
    for place in stride(from: 0, through: 18, by: 3) + [20] {
      let day = "2026-01-\(place + 10)T12:00:00"
      try ingest("\(place)", time: day, cases: [place < 14 ? "a" : "a boom"], "--commit", commits[place])
    }
    try ingest("b1", time: "2026-02-01T00:00:00", cases: ["a"], "--commit", commits[13])
    try ingest("b2", time: "2026-02-01T01:00:00", cases: ["a boom"], "--commit", commits[14])
    try ingest("last", time: "2026-02-02T00:00:00", cases: ["a boom"], "--commit", commits[20])
    let verdict = try #require(try json("history", "m::a")["verdict"] as? [String: Any])
    #expect(verdict["label"] as? String == "broken" && verdict["since"] as? String == "b2", "\(verdict)")
    #expect(verdict["last_pass"] as? String == "b1", "\(verdict)")
  }

  @Test func aRenamedTestThatFailsIsNew() throws {
    for number in 1...12 { try ingest("\(number)", time: "2026-01-\(number + 10)T00:00:00", cases: ["old"]) }
    try ingest("13", time: "2026-01-23T00:00:00", cases: ["new boom"])
    let test = try json("history", "m::new")
    let verdict = try #require(test["verdict"] as? [String: Any])
    #expect(verdict["label"] as? String == "new", "\(verdict)")
    #expect((verdict["why"] as? [String])?.contains { $0.contains("it never ran before") } == true, "\(verdict)")
    #expect((try json("history", "m::old")["results"] as? [Any])?.count == 12)
  }

  @Test func changingParametersAreOneTest() throws {
    for number in 1...3 {
      try ingest(
        "\(number)", time: "2026-01-0\(number)T00:00:00",
        cases: ["t[0x7f3a12bc9\(number)]", "u[2026-01-0\(number)T0\(number):00:00]", "v[0x1\(number)]"])
    }
    #expect((try json("history", "m::t[0x7fffffffff]")["results"] as? [Any])?.count == 3)
    #expect((try json("history", "m::u[1999-01-01T00:00]")["results"] as? [Any])?.count == 3)
    #expect((try json("history", "m::v[0x12]")["results"] as? [Any])?.count == 1, "a short number is meant")
  }

  @Test func historyTakesTheEndOfAnIDWhenOnlyOneTestHasIt() throws {
    try ingest("1", time: "2026-01-01T00:00:00", cases: ["test_one", "test_one_more", "test_two"])
    #expect(try program.run("history", "test_one").output.hasPrefix("m::test_one\n"))
    let several = try program.run("history", "test_")
    #expect(several.status == 2 && several.errors.contains("m::test_one, m::test_one_more, m::test_two"), "\(several)")
    #expect(try program.run("history", "three").errors == "assay: could not find three in the history of 1 run\n")
  }

  @Test func oneIDOfTwoSourcesIsAskedFor() throws {
    let lines = ["github", "jenkins"].map { source in
      #"{"run":{"source":"\#(source)","id":"7","started_ms":1700000000000}}"# + "\n"
        + #"{"test":"a","outcome":"\#(source == "github" ? "passed" : "failed")"}"# + "\n"
    }
    #expect(try program.run(["history", "import", "-"], input: lines.joined()).status == 0)
    let ending = try program.run("compare", "7", "7")
    #expect(ending.status == 2 && ending.errors.contains("github:7, jenkins:7"), "\(ending)")
    #expect(try program.run("compare", "github:7", "jenkins:7").output.hasPrefix("newly failing ×1\n  a"))
  }

  @Test(arguments: [
    ("[1,2]", "no run stands before it"),
    (#"{"test":"a","outcome":"passed"}"#, "no run stands before it"),
    (#"{"run":{"source":1,"id":[]}}"#, "a run needs source and id"),
    (#"{"run":"x"}"#, "a run needs source and id"),
    ("{\"run\":{\"source\":\"s\",\"id\":\"1\"}}\n{\"test\":7}", "line 2: it is no run, signature or test"),
    ("{\"run\":{\"source\":\"s\",\"id\":\"1\"}}\n{\"test\":\"a\",\"outcome\":7}", "line 2: no such outcome"),
    (
      "{\"run\":{\"source\":\"s\",\"id\":\"1\"}}\n{\"signature\":{\"key\":\"zz\"}}", "line 2: a signature needs its key"
    ),
    ("{\"run\":{\"source\":\"s\",\"id\":\"1\"}}\n{\"test\":\"a", "line 2: "),
    ("{\"run\":{\"source\":\"s\",\"id\":\"1\",\"tests\":2}}\n{\"test\":\"a\",\"outcome\":\"passed\"}", "has 2 results"),
    (String(repeating: "[", count: 100_000), "line 1: more than"),
    (String(repeating: "x", count: 17 << 20), "line 1: it is longer than 16 MiB"),
  ])
  func hostileLinesAreNamedAndNothingIsAdded(lines: String, cause: String) throws {
    let ending = try program.run(["history", "import", "-"], input: lines)
    #expect(ending.status == 3 && ending.errors.hasPrefix("assay: could not import -: "), "\(ending)")
    #expect(ending.errors.contains(cause) && ending.errors.utf8.count < 400, "\(ending.errors)")
    #expect(try program.run("runs").output == "no runs\n")
  }

  @Test func whatIsReadOfHostileLinesIsHarmless() throws {
    let escape = #"\u001b]0;owned\u0007\u001b[2J"#
    var lines = #"{"run":{"source":"s","id":"1\#(escape)","branch":"b\#(escape)","commit_title":"c\#(escape)","#
    lines +=
      #""started_ms":-9223372036854775808,"attempt":-5,"labels":{"k\#(escape)":"v\#(escape)","n":[1]},"complete":7}}"#
    lines += "\n" + #"{"signature":{"key":"ffffffffffffffff","title":"t\#(escape)","text":"x"}}"#
    for (test, rest) in [
      ("a\(escape)", #""outcome":"failed","seconds":-5,"signature":"ffffffffffffffff","leg":"l\#(escape)""#),
      ("a\(escape)", #""outcome":"failed","seconds":1e999,"attempts":["failed","odd",7,null],"leg":"l\#(escape)""#),
      ("b", #""outcome":"passed","seconds":"soon","attempts":"many","signature":12"#),
      ("", #""outcome":"passed","leg":5"#),
    ] {
      lines += "\n{\"test\":\"\(test)\",\(rest)}"
    }
    let run = #"{"run":{"source":"s","id":"2","started_ms":9223372036854775807}}"#
    lines += "\n\(run)\n{\"test\":\"b\",\"outcome\":\"timed_out\"}\n"
    let ending = try program.run(["history", "import", "-"], input: lines)
    #expect(ending.status == 0 && ending.output == "2 runs added or completed\n", "\(ending)")
    for arguments in [
      ["runs"], ["runs", "--json"], ["flaky"], ["history", "b"], ["history", "b", "--json"],
      ["history", "prune", "--keep", "1"],
      ["history", "export"], ["runs", "--since", "1000000"], ["history", ""],
      ["history", "a\u{1B}]0;owned\u{7}\u{1B}[2J"],
    ] {
      let ending = try program.run(arguments)
      #expect(ending.status == 0, "\(arguments): \(ending)")
      #expect(!ending.output.contains("\u{1B}") && !ending.output.contains("\u{7}"), "\(arguments)")
    }
    #expect(try json("history", "b")["total"] as? Int == 2)
  }

  @Test func oldRunsGoWhenNewOnesCome() throws {
    try ingest("1", time: "2025-01-01T00:00:00", cases: ["a", "b"])
    try ingest("2", time: "2026-06-01T00:00:00", cases: ["a"])
    let dry = try program.run("history", "prune", "--keep", "400d", "--dry-run")
    #expect(dry.output == "would forget 1 run with 2 results\n")
    try program.write(
      "<testsuite timestamp='2026-06-02T00:00:00'><testcase name='a' classname='m'/></testsuite>", to: "n.xml")
    let fed = try program.run("ingest", "n.xml", "--run-id", "3", "--keep", "400")
    #expect(fed.output.hasSuffix("1 run older than 400 days forgotten (2 results)\n"), "\(fed)")
    #expect(try json("runs")["total"] as? Int == 2)
    #expect(try program.run("history", "m::b").status == 3)
    let none = try program.run("ingest", "n.xml", "--run-id", "3", "--keep", "400d")
    #expect(none.output.split(separator: "\n").count == 1)
    for wrong in ["0", "-3", "4w", ""] {
      #expect(try program.run("history", "prune", "--keep", wrong).status == 2)
    }
  }

  @Test func ownersNarrowAndLimitsCut() throws {
    try program.write("tests/x/ @ml\ntests/y/ @web\n", to: "CODEOWNERS")
    try program.write("", to: ".git/HEAD")
    func lines(_ id: Int, _ outcome: String) -> String {
      let tests = ["x/a", "x/b", "y/c", "z/d"].map { #"{"test":"tests/\#($0).py::t","outcome":"\#(outcome)"}"# }
      return #"{"run":{"source":"s","id":"\#(id)","started_ms":\#(1_700_000_000_000 + id * 1000),"commit":"cafe"}}"#
        + "\n"
        + tests.joined(separator: "\n") + "\n"
    }
    let input = (1...12).map { lines($0, $0 % 3 == 0 ? "failed" : "passed") }.joined()
    #expect(try program.run(["history", "import", "-"], input: input).status == 0)
    func tests(_ arguments: String...) throws -> [String] {
      let ending = try program.run(["flaky", "--json"] + arguments)
      let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
      return (object?["tests"] as? [[String: Any]] ?? []).compactMap { $0["test"] as? String }.sorted()
    }
    #expect(try tests().count == 4)
    #expect(try tests("--owner", "ML") == ["tests/x/a.py::t", "tests/x/b.py::t"])
    #expect(try tests("--owner", "none") == ["tests/z/d.py::t"])
    #expect(try tests("--limit", "3").count == 3 && json("flaky", "--limit", "3")["total"] as? Int == 4)
    let compared = try json("compare", "11", "12", "--owner", "@web")
    #expect(compared["newly_failing"] as? [String] == ["tests/y/c.py::t"])
    #expect((compared["counts"] as? [String: Int])?["newly_failing"] == 1)
    #expect(try program.run("compare", "11", "12", "--limit", "1").output.contains("and 3 more"))
    #expect(try json("history", "tests/x/a.py::t", "--limit", "2")["owner"] as? String == "@ml")
    #expect(try program.run("runs", "--limit", "5").output.hasSuffix("and 7 more\n"))
    #expect(try program.run("runs", "--limit", "0").status == 2)
  }
}
