import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

/// The Triage screen as a whole, at the sizes and colour levels people have.
@Suite struct TriageScreenTests {
  private static let sizes = [(80, 24), (120, 40), (60, 16)]

  private func check(_ driver: Driver, _ name: String) throws {
    for level in [ColorLevel.mono, .palette256] { try driver.check(name, level: level) }
  }

  @Test(arguments: sizes)
  func showsTheFailuresOfARun(width: Int, height: Int) throws {
    try check(Driver([SampleRun.make()], width: width, height: height), "triage")
  }

  @Test(arguments: sizes)
  func showsMarksFilterAndFocus(width: Int, height: Int) throws {
    var driver = Driver([SampleRun.make()], width: width, height: height)
    driver.press(.character("/"))
    driver.type("golden")
    driver.press(.enter, .character("*"), .tab, .character("j"))
    try check(driver, "triage-filtered")
  }

  @Test func showsAnIncompleteRun() throws {
    try check(
      Driver([SampleRun.make(incomplete: ["junit.xml ends in the middle (line 310)"])], width: 80, height: 24),
      "incomplete")
  }

  @Test(arguments: sizes + [(200, 60)])
  func showsCausesWorstFirstWithWhatTheHistorySays(width: Int, height: Int) throws {
    let run = SampleRun.make()
    var driver = Driver(
      [run], standings: SampleStandings.of(run), causes: ["test_scores_golden", "test_scores_npz_golden"],
      width: width, height: height)
    var look = LookDifference(run: SampleStandings.clip, newlyFailing: [], fixed: ["tests/a.py::test_mended"])
    look.newlyFailing = ["tests/contract/test_signature.py::test_onnx_round_trip", "tests/b.py::test_other"]
    driver.send(
      .judgement(
        RunJudgement(
          run: RunRef(0, revision: 1), tests: SampleStandings.of(run), flakyElsewhere: 3, sinceLook: look)))
    driver.press(.character("k"))
    try check(driver, "triage-causes")
  }

  @Test func showsHelp() throws {
    var driver = Driver([SampleRun.make()], width: 80, height: 24)
    driver.press(.character("?"))
    try check(driver, "help")
  }

  @Test func showsNamesThatTryToMoveTheCursorAsTheyAre() throws {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    let names = [
      "esc\u{1B}[2J", "cr\rhidden", "rtl\u{202E}gnp.exe", "zwj 👨‍👩‍👧 family", "wide 字幕テスト",
      "combining e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
      "flag 🇩🇪", "tab\there", "line\nfeed", "c1\u{9B}2J", "tag\u{E0041}", String(repeating: "long", count: 300),
    ]
    for name in names {
      builder.add(
        AttemptRecord(suite: builder.suite("suite\u{1B}]0;title\u{7}"), name: builder.text(name), outcome: .failed))
    }
    builder.endReport()
    var run = SampleRun.make()
    run.table = builder.table
    try check(Driver([run], width: 80, height: 24), "hostile")
  }
}
