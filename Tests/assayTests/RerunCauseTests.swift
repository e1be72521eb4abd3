import Foundation
import TestSupport
import Testing

/// What flaky tests of a small pytest project hang on, found by running them.
struct RerunCauseTests {
  private struct Answer: Decodable {
    struct Cause: Decodable {
      var finding: String
      var sentence: String
      var tests: [String]
      var value: String?
    }
    var cause: Cause
    var runs: Int
  }

  private static let files = [
    "tests/test_rates.py": """
    CACHE = {}

    def test_table_is_read():
        assert CACHE is not None

    def test_cache_warm():
        CACHE["rate"] = 2

    def test_rounding():
        assert round(2.5) == 2

    def test_rate_is_one():
        assert CACHE.get("rate", 1) == 1
    """,
    "tests/test_session.py": """
    SESSION = {}

    def test_opens():
        assert not SESSION.get("closed")

    def test_login():
        SESSION["user"] = "ada"

    def test_page():
        assert "page".upper() == "PAGE"

    def test_profile():
        assert SESSION["user"] == "ada"
    """,
    "tests/test_alone.py": """
    import random
    import time

    def test_first_name():
        assert next(iter({"ada", "grace", "edsger"})) != "ada"

    def test_day_of_the_sale():
        assert time.localtime(1_700_000_000).tm_mday == 14

    def test_upload():
        assert random.random() >= 0.2
    """,
  ]

  /// Each test with what is named, and the runs that it may take.
  private static let cases: [(test: String, finding: String, tests: [String], most: Int)] = [
    ("tests/test_rates.py::test_rate_is_one", "polluter", ["tests/test_rates.py::test_cache_warm"], 40),
    ("tests/test_session.py::test_profile", "state-setter", ["tests/test_session.py::test_login"], 40),
    ("tests/test_alone.py::test_first_name", "hash-seed", [], 100),
    ("tests/test_alone.py::test_day_of_the_sale", "time-zone", [], 40),
    ("tests/test_alone.py::test_upload", "not-told", [], 25),
  ]

  @Test(.enabled(if: RealTools.python != nil, Comment(rawValue: RealTools.absence)))
  func namesWhatEachTestHangsOn() throws {
    let python = try #require(RealTools.python)
    let program = try Program()
    for (name, text) in Self.files { try program.write(text, to: name) }
    // Plugins that this project does not use take longer to load than its tests take.
    let quick = [
      "env", "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", "VIRTUAL_ENV=" + String(python.dropLast("/bin/python".count)),
      "TZ=UTC",
    ]
    #expect(try program.shell(["git", "init", "-q"]).status == 0)
    _ = try program.shell(quick + [python, "-m", "pytest", "-q", "--junitxml=junit.xml", "-o", "junit_family=xunit1"])
    for (test, finding, tests, most) in Self.cases {
      let command = [try Program.path(), "rerun", test, "--why", "--from", "junit.xml", "--json", "--jobs", "2"]
      let budget = finding == "not-told" ? ["--budget", String(most)] : []
      let result = try program.shell(quick + command + budget)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
      #expect(answer.cause.finding == finding, "\(test): \(answer.cause.sentence)")
      #expect(answer.cause.tests == tests, "\(test): \(answer.cause.sentence)")
      #expect(answer.runs <= most)
      #expect(result.status == 1)
    }
  }

  /// What it costs, and what cannot be had, is said before anything is run; here by a rule that leaves the order alone.
  @Test func saysTheCostBefore() throws {
    let program = try Program()
    #expect(try program.shell(["git", "init", "-q"]).status == 0)
    try program.write("rerun:\n  - command: [touch, ran, \"{name}\"]\n", to: ".assay/config.yaml")
    let plan = try program.run("rerun", "t::test_x", "--why", "--budget", "30", "--dry-run")
    #expect(plan.status == 0)
    let lines = plan.output.split(separator: "\n")
    #expect(lines.first == "at most 30 runs of t::test_x:")
    #expect(lines.contains("  alone") && lines.contains("  on busy processors"))
    #expect(lines.contains("  not: order, since its framework runs tests in an order of its own"))
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ran"))
    // Its commands are the repository's: they need trust.
    #expect(try program.run("rerun", "t::test_x", "--why").status == 4)
    #expect(try program.run("rerun", "t::test_x", "--budget", "30").status == 2)
    #expect(try program.run("rerun", "t::test_x", "--why", "--until-fail").status == 2)
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ran"))
  }
}
