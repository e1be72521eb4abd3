import RunHistory
import TestSupport
import Testing
import TriageModel
import TriageServices
import Workspace

/// How mutes stand by their days and by what their tests did.
@Suite struct MuteSurveyTests {
  private let runs: RunFolder
  private let state: TemporaryFolder
  private let project: TemporaryFolder
  private let history: HistoryService
  private let today = Timestamp(milliseconds: 1_768_435_200_000)  // 2026-01-15

  init() throws {
    runs = try RunFolder()
    state = try TemporaryFolder()
    project = try TemporaryFolder()
    let directories = Directories(environment: ["XDG_STATE_HOME": state.path, "HOME": state.path])
    history = try HistoryService(nil, directories: directories, environment: [:])
  }

  /// Runs of a job on a day each; `failing` says on which days `t::x` fails, and nil that it was not part of them.
  private func add(_ days: ClosedRange<Int>, job: String = "unit", failing: ((Int) -> Bool)?) throws {
    for day in days {
      let failure = "<failure message=\"boom\">t.py:1: boom</failure>"
      let own = failing.map { "<testcase classname=\"t\" name=\"x\">\($0(day) ? failure : "")</testcase>" } ?? ""
      let number = "\(job)-\(day)"
      try runs.folder.write(
        "r/\(number)/junit.xml", "<testsuite name=\"pytest\">\(own)<testcase classname=\"t\" name=\"y\"/></testsuite>")
      let date = day < 10 ? "0\(day)" : "\(day)"
      try runs.folder.write(
        "r/\(number)/run.json",
        "{\"id\": \"\(number)\", \"ci\": \"x\", \"branch\": \"main\", \"labels\": {\"job\": \"\(job)\"}, "
          + "\"started_at\": \"2026-01-\(date)T00:00:00Z\"}")
      try history.add(try #require(try runs.load("r/\(number)").runs.first))
    }
  }

  private func record(_ mute: String) throws -> MuteRecord {
    try project.write(".assay/mutes.yaml", "- {ticket: T, reason: r, \(mute)}\n")
    let records = TeamRecords(Repository(root: project.path), now: today)
    #expect(records.problems.isEmpty, "\(records.problems)")
    return try #require(try MuteSurvey(history, MuteSettings()).table(of: records).rows.first)
  }

  private let name = "test: \"t.py::x\""

  @Test(arguments: [
    ("2026-01-14", MuteRecord.State.expired), ("2026-01-15", .expiring), ("2026-01-17", .expiring),
    ("2026-01-18", .live),
  ])
  func itsDaysAreCountedToTheirEnd(expires: String, state: MuteRecord.State) throws {
    #expect(try record("\(name), expires: \(expires)").state == state)
  }

  @Test func aTestThatPassesForLongEnoughIsHealed() throws {
    try add(1...10) { $0 <= 4 }
    let id = try #require(try history.tests(fitting: "x").first)
    let healed = try record("test: \"\(id)\", created: 2026-01-03, expires: 2026-02-01, passes: 6")
    #expect(healed.state == .healed && healed.passesInARow == 6 && healed.absorbed == 2)
    #expect(try record("test: \"\(id)\", expires: 2026-02-01, passes: 7").state == .live)
    // What is over is said first: it does nothing, whatever its test does.
    #expect(try record("test: \"\(id)\", expires: 2026-01-02, passes: 6").state == .expired)
  }

  @Test func aTestThatIsGoneFromItsJobIsAnOrphan() throws {
    try add(1...3) { _ in true }
    let id = try #require(try history.tests(fitting: "x").first)
    // Runs of another job never had it, and say nothing.
    try add(4...12, job: "lint", failing: nil)
    #expect(try record("test: \"\(id)\", expires: 2026-02-01").state == .live)
    try add(4...8, failing: nil)
    #expect(try record("test: \"\(id)\", expires: 2026-02-01").state == .orphaned)
  }

  @Test func aTestThatWasJustMutedIsNoOrphanForWantOfRuns() throws {
    try add(1...9, failing: nil)
    #expect(try record("test: nowhere, created: 2026-01-09, expires: 2026-02-01").state == .live)
    #expect(try record("test: nowhere, created: 2026-01-02, expires: 2026-02-01").state == .orphaned)
  }
}
