import TerminalKit
import TestSupport
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct JobsDrawerTests {
  private func job(_ state: RerunSnapshot.State, _ outcomes: [RerunOutcome], in driver: Driver) -> Job {
    var snapshot = RerunSnapshot(id: "2026-11-28T170000Z")
    snapshot.state = state
    let table = driver.state.context.runs.runs[0].table
    var row = RerunSnapshot.Row(id: table.id(of: table.tests(where: \.isFailing)[0]))
    for outcome in outcomes { row.counts.add(outcome, of: nil) }
    row.sentence = outcomes.isEmpty ? "" : "2 of 3 passed: flaky 33 % [6.1–79 %]"
    if outcomes.count > 1 {
      row.ownLines = [RerunSnapshot.OwnLine(isOfFailing: true, text: "cache was \u{1B}[31mcold", attempts: 1, of: 1)]
    }
    snapshot.rows = [row]
    (snapshot.ended, snapshot.most) = (outcomes.count, 20)
    snapshot.running = state == .running ? 1 : 0
    (snapshot.elapsed, snapshot.expected) = (75, 300)
    snapshot.folder = "/state/reruns/1"
    var job = Job(number: 1, title: "rerun of \(row.id)", run: driver.state.context.ref, snapshot: snapshot)
    job.tail = ["collected 1 item", "FAILED tests/test_a.py::test_x"]
    return job
  }

  private func driver(
    _ state: RerunSnapshot.State = .running, _ outcomes: [RerunOutcome] = [.passed, .failed(nil), .passed],
    width: Int = 80, height: Int = 24
  ) -> Driver {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    driver.send(.job(job(state, outcomes, in: driver)))
    return driver
  }

  @Test(arguments: [(80, 24), (200, 60), (60, 16)]) func showsARunningJob(width: Int, height: Int) throws {
    var driver = driver(width: width, height: height)
    driver.press(.character("J"))
    try driver.check("jobs")
  }

  @Test(arguments: [
    ("finished", RerunSnapshot.State.finished), ("cancelled", .cancelled),
    ("failed", .failed("could not run x: it is not installed")),
  ])
  func showsHowAJobEnded(name: String, state: RerunSnapshot.State) throws {
    var driver = driver(state)
    driver.press(.character("J"))
    try driver.check("jobs-\(name)")
  }

  @Test(arguments: [(80, 24), (200, 60)]) func showsJobsThatRunWhereTheyRan(width: Int, height: Int) throws {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    var there = job(.running, [], in: driver)
    there.title = "rerun of 2 jobs of CI #12 at GitHub Actions"
    there.snapshot.isElsewhere = true
    there.snapshot.rows = ["unit (3.12)", "e2e", "deploy"].map { RerunSnapshot.Row(id: $0) }
    there.snapshot.rows[0].counts.add(.failed(nil), of: nil)
    there.snapshot.rows[0].sentence = "failure after 3 m 00 s"
    there.snapshot.rows[2].counts.add(.unusable("it was skipped"), of: nil)
    there.snapshot.rows[2].sentence = "skipped"
    (there.snapshot.ended, there.snapshot.most) = (2, 3)
    driver.send(.job(there))
    driver.press(.character("J"))
    try driver.check("jobs-there")
    // What runs elsewhere is no test of the run: there is nothing of it to mute.
    #expect(!driver.screen.contains { $0.contains("m mute") && $0.contains("esc close") })
  }

  @Test func tabShowsWhatIsPrinted() throws {
    var driver = driver()
    driver.press(.character("J"), .tab)
    try driver.check("jobs-output")
  }

  @Test func xEndsTheJobThatRunsAndNoOther() {
    var driver = driver()
    driver.press(.character("J"), .character("x"))
    #expect(driver.effects.last == .cancelJob(1))
    var ended = self.driver(.finished)
    let before = ended.effects
    ended.press(.character("J"), .character("x"))
    #expect(ended.effects == before)
  }

  @Test func mutesWhatFailedWithTheEvidenceAsReason() {
    var driver = driver(.finished)
    driver.press(.character("J"), .character("m"))
    driver.type("ML-7")
    driver.press(.enter)
    guard case .prepareAction(let request) = driver.effects.last else {
      return #expect(Bool(false), "nothing was asked: \(driver.effects)")
    }
    #expect(request.action == MuteTests.description && request.subjects.count == 1)
    #expect(request.inputs["reason"] == "reran here: 2 of 3 passed: flaky 33 % [6.1–79 %]")
  }

  @Test func theEndOfAJobIsSaidOnce() {
    var driver = driver()
    driver.send(.job(job(.finished, [.passed, .failed(nil), .passed], in: driver)))
    driver.send(.job(job(.finished, [.passed, .failed(nil), .passed], in: driver)))
    #expect(driver.state.messages.count == 1)
    #expect(driver.state.messages.last?.weight == .warning)
  }

  /// `R` asks how often, shows the commands, and only `y` begins.
  @Test func nothingRunsBeforeItWasShown() {
    var driver = driver()
    driver.press(.character("R"), .enter)
    guard case .prepareAction(let request) = driver.effects.last else {
      return #expect(Bool(false), "nothing was asked: \(driver.effects)")
    }
    #expect(request.inputs == ["times": "known", "where": "here"])
    var answer = ActionAnswer(request: request)
    answer.headline = "1 test"
    driver.send(.preparedAction(answer))
    driver.press(.enter, .character("R"), .escape)
    #expect(!driver.effects.contains { if case .carryOut = $0 { true } else { false } })
  }
}
