import TerminalKit
import TestSupport
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

@Suite struct MutesScreenTests {
  private func mute(_ test: String, _ state: MuteRecord.State, expires: String) throws -> MuteRecord {
    var mute = Mute(
      .test(test), ticket: "ML-1", reason: "the \u{1B}[31mhost is shared", expires: try #require(Day(text: expires)))
    mute.signature = SignatureKey(7)
    mute.owner = "@ml"
    mute.author = "Jo <jo@x.org>"
    var record = MuteRecord(mute, state: state, why: "ended 2 days ago: it mutes nothing")
    record.absorbed = 12
    return record
  }

  private func driver(_ width: Int = 80, _ height: Int = 24, records: [MuteRecord]? = nil) throws -> Driver {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    driver.press(.character("6"))
    guard case .findMutes(let request) = driver.effects.last else {
      Issue.record("the mutes were not asked for")
      return driver
    }
    var table = MuteTable()
    table.rows =
      try records ?? [
        mute("tests/unit/test_handler.py::test_cold_start", .expired, expires: "2026-11-26"),
        mute("tests/unit/test_日本語.py::test_é", .expiring, expires: "2026-11-29"),
        mute("tests/unit/test_scoring.py::test_scores", .live, expires: "2026-12-12"),
      ]
    table.problems = [".assay/mutes.yaml:9: expires: expected a day that exists, as 2026-12-31"]
    driver.send(.mutes(MutesAnswer(request: request, table: table)))
    return driver
  }

  @Test(arguments: [(80, 24), (200, 60), (60, 16)]) func showsWhatWantsAPersonFirst(width: Int, height: Int) throws {
    try driver(width, height).check("mutes")
  }

  @Test func extendsTheMarkedOnlyAfterDayReasonAndY() throws {
    var driver = try driver()
    driver.press(.character(" "), .character(" "), .character("m"))
    driver.type("20d")
    driver.press(.tab)
    driver.type("the vendor has it")
    driver.press(.enter)
    guard case .prepareAction(let request) = driver.effects.last else {
      return #expect(Bool(false), "nothing was asked")
    }
    #expect(request.action == ExtendMutes.description && request.subjects.count == 2)
    #expect(request.inputs == ["expires": "20d", "reason": "the vendor has it"])
    // A refusal can be mended where it was typed, and does nothing before.
    var answer = ActionAnswer(request: request)
    answer.refusal = "could not extend: 20d is too long"
    driver.send(.preparedAction(answer))
    driver.press(.character("y"))
    #expect(!driver.effects.contains { if case .carryOut = $0 { true } else { false } })
    driver.press(.character("e"), .enter)
    #expect(driver.effects.last == .prepareAction(request))
    answer.refusal = nil
    driver.send(.preparedAction(answer))
    driver.press(.enter, .character("y"))
    #expect(driver.effects.last == .carryOut(request) && driver.state.overlay == nil)
  }

  @Test func aFailureIsMutedByItsOptionsAndAWrongAnswerIsNotTaken() throws {
    var driver = Driver([SampleRun.make()])
    driver.press(.character("m"))
    driver.type("ML-7")
    driver.press(.tab)
    driver.type("y is only a letter here")
    driver.press(.enter)
    guard case .prepareAction(let request) = driver.effects.last else {
      return #expect(Bool(false), "nothing was asked")
    }
    #expect(request.action == MuteTests.description && request.inputs["reason"] == "y is only a letter here")
    driver.send(.preparedAction(ActionAnswer(request: request)))
    driver.press(.character("f"))
    guard case .prepareAction(let wider) = driver.effects.last else { return #expect(Bool(false), "nothing was asked") }
    #expect(wider.options == [MuteTests.anyFailure])
    // The answer to what was asked before is not what `y` would do.
    driver.send(.preparedAction(ActionAnswer(request: request)))
    driver.press(.character("y"))
    #expect(driver.effects.last == .prepareAction(wider))
    driver.send(.preparedAction(ActionAnswer(request: wider)))
    driver.press(.character("y"))
    #expect(driver.effects.last == .carryOut(wider))
  }

  @Test func flakesAreMutedInOneGo() throws {
    var driver = Driver([SampleRun.make()], flakes: SampleFlakes.rows)
    driver.press(.character("3"), .character(" "), .character(" "), .character("m"))
    driver.type("ML-9")
    driver.press(.tab)
    driver.type("they share a host")
    driver.press(.enter)
    guard case .prepareAction(let request) = driver.effects.last else {
      return #expect(Bool(false), "nothing was asked")
    }
    guard case .names(let names) = request.subjects else { return #expect(Bool(false), "no names") }
    #expect(names.count == 2 && request.action == MuteTests.description)
  }

  @Test func whatWasDecidedIsAskedAgain() throws {
    var driver = try driver()
    let before = driver.effects.count
    driver.send(.causesChanged)
    #expect(driver.effects.dropFirst(before) == [.findMutes(MutesRequest(generation: 2))])
  }
}
