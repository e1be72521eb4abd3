import Foundation
import TerminalKit
import TestSupport
import Testing

/// The screens of the history and their commands: the same rows, in the same order, with the same counts.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct HistoryTwinTests {
  private let folder: TemporaryFolder
  private let program: String

  /// How each test ended in each run, the oldest first, and the commit of each run; the letters of `junit` below.
  private static let tests: [(name: String, outcomes: String)] = [
    ("test_steady", "........"), ("test_often", ".F.F.F.F"), ("test_twice", "F...F..."), ("test_once", "...F...."),
    ("test_broken", "....FFFF"), ("test_mended", "FFFFFFF."), ("test_skipped", "FFFFFFFs"), ("test_new", "       ."),
    ("test_gone", "....... "), ("test_worse", ".......F"),
  ]
  private static let commits = ["aaaaaaa", "aaaaaaa", "bbbbbbb", "bbbbbbb", "ccccccc", "ccccccc", "ddddddd", "fffffff"]

  init() throws {
    folder = try TemporaryFolder()
    program = try #require(Product.path("assay"))
    try folder.makeFolder(".git")
    for run in Self.commits.indices {
      try folder.write("run\(run)/junit.xml", Self.report(run))
      let ending = try assay(["ingest"] + Self.arguments(run))
      try #require(ending.status == 0, "\(ending.errors)")
    }
  }

  private static func report(_ run: Int) -> String {
    let cases = tests.compactMap { name, outcomes -> String? in
      let inside: String
      switch Array(outcomes)[run] {
      case ".": inside = ""
      case "F": inside = "<failure message='\(name) fails'/>"
      case "s": inside = "<skipped/>"
      default: return nil
      }
      return "<testcase classname='m' name='\(name)' time='1'>\(inside)</testcase>"
    }
    return "<testsuite name='s' timestamp='2026-11-1\(run)T08:00:00'>\(cases.joined())</testsuite>"
  }

  private static func arguments(_ run: Int) -> [String] {
    ["run\(run)", "--run-id", "r10\(run)", "--commit", commits[run], "--branch", "main"]
  }

  private var environment: [String: String] {
    [
      "XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("cache"),
      "XDG_CONFIG_HOME": folder.at("config"),
    ]
  }

  private func assay(_ arguments: [String]) throws -> Shell.Result {
    Shell.run([program] + arguments, environment: environment, directory: folder.path)
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let output = try assay(arguments + ["--json"]).output
    return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)")
  }

  private func lines(_ arguments: [String]) throws -> [String] {
    let ending = try assay(arguments)
    #expect(ending.status == 0, "\(ending.errors)")
    return ending.output.split(separator: "\n").map(String.init)
  }

  /// A screen of the newest run, once it says something.
  private func screen(_ keys: [String], until text: String) throws -> Tmux {
    let tmux = try Tmux(
      [program] + Self.arguments(7), environment: environment, size: Size(width: 120, height: 40),
      directory: folder.path)
    try tmux.waitFor("1 Triage")
    for key in keys { if key.count == 1 || key == "Enter" { tmux.send(key) } else { tmux.type(key) } }
    try tmux.waitFor(text)
    return tmux
  }

  /// The names of tests in lines, one a line.
  private static func names(in lines: some Sequence<String>) -> [String] {
    lines.compactMap { line in tests.map(\.name).first { line.contains($0) } }
  }

  @Test func flakesStandAsInTheirCommand() throws {
    for options in [[], ["--sort", "rate"], ["--sort", "name"], ["--all"], ["--filter", "!once"]] {
      try expectSameFlakes(options)
    }
  }

  private func expectSameFlakes(_ options: [String]) throws {
    let text = try lines(["flaky"] + options)
    let listed = Self.names(in: text.filter { !$0.hasPrefix(" ") })
    #expect(listed.count > 1)
    let answer = try json(["flaky"] + options)
    let tests = try #require(answer["tests"] as? [[String: Any]])
    #expect(Self.names(in: tests.compactMap { $0["test"] as? String }) == listed)
    #expect(answer["total"] as? Int == listed.count && text.first?.hasPrefix("\(listed.count) ") == true)
    let keys: [String]
    switch options.last {
    case "rate": keys = ["s", "j", "Enter"]
    case "name": keys = ["s", "j", "j", "j", "j", "Enter"]
    case "--all": keys = ["A"]
    case "!once": keys = ["/", "!once", "Enter"]
    default: keys = []
    }
    let tmux = try screen(["3"] + keys, until: "test_often")
    tmux.type("z")
    try tmux.waitUntil("the list shows \(listed)") {
      Self.names(in: tmux.screen.dropFirst(2).prefix { !$0.contains("─────") }) == listed
    }
  }

  @Test func runsStandAsInTheirCommand() throws {
    for options in [[], ["--sort", "failing"], ["--filter", "failing !aaaaaaa"]] { try expectSameRuns(options) }
  }

  private func expectSameRuns(_ options: [String]) throws {
    let listed = Self.runs(in: try lines(["runs"] + options))
    #expect(listed.count > 3)
    let answer = try json(["runs"] + options)
    let runs = try #require(answer["runs"] as? [[String: Any]])
    #expect(
      runs.compactMap { $0["run"] as? String } == listed.compactMap { $0.split(separator: " ").last.map(String.init) })
    #expect(answer["total"] as? Int == listed.count)
    let keys: [String]
    switch options.first {
    case "--sort": keys = ["s", "j", "Enter"]
    case "--filter": keys = ["/", "failing !aaaaaaa", "Enter"]
    default: keys = []
    }
    let tmux = try screen(["4"] + keys, until: "r107")
    try tmux.waitUntil("the list shows \(listed)") {
      Self.runs(in: tmux.screen.dropFirst(2).prefix { !$0.contains("─────") }) == listed
    }
  }

  /// How many tests failed in each run of a list, and its id.
  private static func runs(in lines: some Sequence<String>) -> [String] {
    lines.compactMap { line in
      guard let id = line.firstMatch(of: /r10\d/)?.0, let count = line.firstMatch(of: /(\d+) failing of +(\d+)/) else {
        return nil
      }
      return "\(count.1) of \(count.2) \(id)"
    }
  }

  @Test func healthStandsAsInItsCommand() throws {
    func figures(_ lines: some Sequence<String>) -> [String] {
      lines.compactMap { line in
        let title = Self.figures.first { line.contains($0) }
        return title.map { title in
          let rest = line[(line.range(of: title)?.upperBound ?? line.endIndex)...]
          let number = rest.split(separator: "  ").first.map { $0.trimmingCharacters(in: .whitespaces) }
          return "\(title) \(number ?? "")"
        }
      }
    }
    let listed = figures(try lines(["health"]).filter { !$0.hasPrefix(" ") })
    #expect(listed.count > 8)
    let answer = try json(["health"])
    #expect((answer["figures"] as? [Any])?.count == listed.count)
    let tmux = try screen(["5"], until: "pass rate")
    tmux.type("z")
    try tmux.waitUntil("the list shows \(listed)") { figures(tmux.screen.dropFirst(3)) == listed }
  }

  private static let figures = [
    "error budget used", "pass rate", "suite time", "flake rate", "coverage delta", "assertion density", "mock drift",
    "telemetry assertions", "broken contracts", "golden change rate", "gate time", "verdicts right",
  ]

  @Test func whatDiffersStandsAsInItsCommand() throws {
    let listed = Self.sections(in: try lines(["compare", "r107"]))
    #expect(
      listed == [
        "newly failing ×2", "test_often", "test_worse", "fixed ×1", "test_mended", "now skipped ×1", "test_skipped",
        "still failing ×1", "test_broken", "added ×1", "test_new", "vanished ×1", "test_gone",
      ])
    let answer = try json(["compare", "r106", "r107"])
    #expect(answer["newly_failing"] as? [String] == ["m::test_often", "m::test_worse"])
    #expect((answer["commits"] as? [[String: Any]])?.map { $0["commit"] as? String } == ["fffffff"])
    let tmux = try screen(["4"], until: "newly failing")
    tmux.send("Tab", "z")
    try tmux.waitUntil("the difference shows \(listed)") { Self.sections(in: tmux.screen.dropFirst(3)) == listed }
    // Of runs that lie further apart the commits between them are told too.
    let commits = try lines(["compare", "r101", "r107"]).suffix(5)
    #expect(commits == ["commits since the earlier run ×4", "  bbbbbbb", "  ccccccc", "  ddddddd", "  fffffff"])
  }

  /// Headings with their counts, and the tests below them.
  private static func sections(in lines: some Sequence<String>) -> [String] {
    lines.compactMap { line in
      if let heading = line.firstMatch(of: /([a-z][a-z ]*[a-z]) +×(\d+)/) { return "\(heading.1) ×\(heading.2)" }
      return names(in: [line]).first
    }
  }
}
