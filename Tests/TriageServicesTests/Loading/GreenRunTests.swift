import TestSupport
import Testing
import TriageModel
import TriageServices

/// The run level of the green contract: whatever comes beside a failure, before or behind it, packed or cut, the run
/// never reads green and complete.
@Suite struct GreenRunTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  /// One failure, in each format that is read.
  private static let failures: [(name: String, text: String)] = [
    (
      "junit.xml",
      "<testsuites><testsuite name=\"s\" tests=\"2\" failures=\"1\"><testcase classname=\"t\" name=\"one\"/>\n"
        + "<testcase classname=\"t\" name=\"two\"><failure message=\"no\">stack</failure></testcase></testsuite></testsuites>\n"
    ),
    (
      ".report.json",
      #"{"created": 1764000000.0, "exitcode": 1, "root": "/a", "environment": {}, "summary": {"failed": 1, "total": 1}, "tests": [{"nodeid": "t.py::two", "outcome": "failed", "setup": {"outcome": "passed"}, "call": {"outcome": "failed", "crash": {"path": "/a/t.py", "lineno": 1, "message": "no"}, "longrepr": "E no"}, "teardown": {"outcome": "passed"}}]}"#
        + "\n"
    ),
    (
      "reportlog.jsonl",
      "{\"pytest_version\": \"8\", \"$report_type\": \"SessionStart\"}\n"
        + "{\"nodeid\": \"t.py::two\", \"location\": [\"t.py\", 1, \"two\"], \"keywords\": {}, \"outcome\": \"failed\", \"longrepr\": \"no\", \"when\": \"call\", \"sections\": [], \"duration\": 0.1, \"start\": 1764000000.0, \"stop\": 1764000001.0, \"$report_type\": \"TestReport\"}\n"
        + "{\"exitstatus\": 1, \"$report_type\": \"SessionFinish\"}\n"
    ),
  ]

  private func expectNotGreen(_ paths: String..., sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    var request = runs.request()
    if !paths.isEmpty { request.paths = paths.map(runs.folder.at) }
    let loaded = try RunLoader.load(request)
    let isGreen = loaded.runs.allSatisfy { $0.info.completeness.isComplete && $0.table.counts.failing == 0 }
    #expect(!isGreen, sourceLocation: sourceLocation)
  }

  @Test(arguments: failures.indices)
  func aFailureStaysWhateverIsBesideIt(place: Int) throws {
    let (name, text) = Self.failures[place]
    try runs.folder.write("a/" + name, text)
    try expectNotGreen()
    try runs.junit("a/a-green.xml", "one", "three")
    try runs.junit("a/z-green.xml", "one", "three")
    try expectNotGreen()
    try runs.folder.write(
      "a/green.json",
      #"{"created": 1764000000.0, "exitcode": 0, "root": "/a", "environment": {}, "summary": {}, "tests": [{"nodeid": "u.py::one", "outcome": "passed"}]}"#
    )
    try runs.folder.write("a/TestResult.xml", "<test-run result=\"Passed\" total=\"3\" failed=\"0\"/>")
    try runs.folder.write("a/console.log", "Finished: SUCCESS\r\n")
    try expectNotGreen()
  }

  @Test(arguments: failures.indices)
  func aFailureStaysPackedAndWithOtherLineEnds(place: Int) throws {
    let (name, text) = Self.failures[place]
    try runs.folder.write("a/" + name, text.replacing("\n", with: "\r\n"))
    try expectNotGreen()
    for command in [["gzip", "-qk", name], ["xz", "-qk", name], ["zstd", "-qk", name], ["bzip2", "-qk", name]] {
      try #require(Shell.run(command, directory: runs.folder.at("a")).status == 0)
    }
    for ending in ["gz", "xz", "zst", "bz2"] { try expectNotGreen("a/\(name).\(ending)") }
    try #require(Shell.run(["tar", "-czf", "a.tgz", "a/" + name], directory: runs.folder.path).status == 0)
    try expectNotGreen("a.tgz")
    try runs.junit("green/junit.xml", "one")
    try expectNotGreen("green", "a.tgz")
    try expectNotGreen("a.tgz", "green/junit.xml")
  }

  @Test(arguments: failures.indices)
  func aFailureThatWasCutOffLeavesTheRunIncomplete(place: Int) throws {
    let (name, text) = Self.failures[place]
    let bytes = Array(text.utf8)
    for part in 1..<8 {
      try runs.folder.write("a/" + name, Array(bytes.prefix(bytes.count * part / 8)))
      try runs.junit("a/green.xml", "one")
      try expectNotGreen()
    }
  }
}
