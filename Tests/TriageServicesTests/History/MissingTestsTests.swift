import RunHistory
import TestSupport
import Testing
import TriageModel
import TriageServices
import Workspace

/// Runs of a stream, and one that holds far fewer tests than they do.
@Suite struct MissingTestsTests {
  private let runs: RunFolder
  private let state: TemporaryFolder
  private let history: HistoryService

  init() throws {
    runs = try RunFolder()
    state = try TemporaryFolder()
    let directories = Directories(environment: ["XDG_STATE_HOME": state.path, "HOME": state.path])
    history = try HistoryService(nil, directories: directories, environment: [:])
  }

  /// A run of that many tests in a file; `extra` stands in its run.json.
  private func write(_ number: Int, _ tests: Int, broken: String = "", extra: String = "") throws {
    let cases = (0..<tests).map { "<testcase classname=\"tests.test_\($0 / 10)\" name=\"test_\($0)\" time=\"0.1\"/>" }
    try runs.folder.write(
      "r/\(number)/junit.xml", "<testsuite name=\"pytest\">\(cases.joined())\(broken)</testsuite>")
    let day = number < 10 ? "0\(number)" : "\(number)"
    try runs.folder.write(
      "r/\(number)/run.json",
      "{\"id\": \"\(number)\", \"ci\": \"x\", \"branch\": \"main\", \"started_at\": \"2026-01-\(day)T00:00:00Z\"\(extra)}"
    )
  }

  private func reasons(of number: Int) throws -> [String] {
    try history.completed(try runs.load("r/\(number)").runs)[0].info.completeness.reasons
  }

  private func add(_ numbers: ClosedRange<Int>, _ tests: Int, extra: String = "") throws {
    for number in numbers {
      try write(number, tests, extra: extra)
      try history.add(try #require(try runs.load("r/\(number)").runs.first))
    }
  }

  @Test func aRunOfFarFewerTestsThanBeforeIsIncomplete() throws {
    try add(1...4, 100)
    try write(5, 1)
    #expect(try reasons(of: 5) == ["99 of 100 tests did not run that ran in 4"])
    // Added, it still is; and it does not count as usual for those after it.
    try history.add(try runs.load("r/5").runs[0])
    #expect(try reasons(of: 5) == ["99 of 100 tests did not run that ran in 4"])
    #expect(try history.runs(.init()).map(\.missing) == [99, 0, 0, 0, 0])
    try write(6, 100)
    #expect(try reasons(of: 6) == [])
  }

  @Test(arguments: [
    (96, ""), (10, ", \"selection\": \"-k smoke\""), (10, ", \"labels\": {\"shard\": \"1/10\"}"),
    (10, ", \"branch\": \"release-1\""),
  ])
  func whatIsMeantToBeSmallerIsNot(tests: Int, extra: String) throws {
    try add(1...4, 100)
    try write(5, tests, extra: extra)
    #expect(try reasons(of: 5) == [])
  }

  @Test func aRequestIsComparedWithOtherRequestsOrElseTheBaseBranch() throws {
    try add(1...4, 100, extra: ", \"branch\": \"main\"")
    try write(5, 1, extra: ", \"branch\": \"pull/7/merge\"")
    #expect(try reasons(of: 5) == ["99 of 100 tests did not run that ran in 4"])
    // Where requests run only what a change touches, that is usual.
    for number in 5...7 { try add(number...number, 12, extra: ", \"branch\": \"pull/\(number)/merge\"") }
    try write(8, 10, extra: ", \"branch\": \"pull/8/merge\"")
    #expect(try reasons(of: 8) == [])
  }

  @Test func aLegIsTheSameByWhicheverLabel() throws {
    try add(1...4, 100, extra: ", \"labels\": {\"job\": \"py3.12\"}")
    try write(5, 1, extra: ", \"labels\": {\"python\": \"3.12\"}")
    #expect(try reasons(of: 5) == ["99 of 100 tests did not run that ran in 4"])
  }

  @Test func aSuiteThatShrankIsWholeAgainOnceItsRunsAre() throws {
    try add(1...4, 100)
    try add(5...12, 60)
    #expect(try reasons(of: 12) == [])
  }

  @Test func tooFewRunsTellNothing() throws {
    try add(1...2, 100)
    try write(5, 1)
    #expect(try reasons(of: 5) == [])
  }

  @Test func aFileThatNoLongerLoadsSaysHowManyTestsItTookAlong() throws {
    try add(1...4, 100)
    let broken =
      "<testcase classname=\"\" name=\"tests.test_9\" time=\"0.0\"><error message=\"collection failure\">ImportError</error></testcase>"
    try write(5, 90, broken: broken)
    #expect(try reasons(of: 5).contains { $0.hasPrefix("10 tests of tests/test_9.py did not run") })
    let run = try history.completed(try runs.load("r/5").runs)[0]
    #expect(run.info.takenAlong == ["tests/test_9.py": 10])
  }
}
