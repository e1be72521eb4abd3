import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

/// The Runs screen as a whole, at the sizes and colour levels people have.
@Suite struct RunsScreenTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60), (60, 16)]

  private func check(_ driver: Driver, _ name: String, level: ColorLevel = .palette256) throws {
    try driver.check(name, level: level)
  }

  private func driver(
    _ width: Int, _ height: Int, _ records: [RunRecord] = SampleHistory.records
  ) -> Driver {
    var driver = Driver([SampleRun.make()], records: records, width: width, height: height)
    driver.press(.character("4"))
    return driver
  }

  @Test(arguments: sizes) func showsTheRunsAndWhatDiffersBetweenTwo(width: Int, height: Int) throws {
    try check(driver(width, height), "runs")
  }

  @Test func saysTheSameWithoutColours() throws { try check(driver(80, 24), "runs", level: .mono) }

  @Test(arguments: [(80, 24), (200, 60)]) func showsBranchesAndLabelsWhereTheyTellRunsApart(width: Int, height: Int)
    throws
  {
    try check(driver(width, height, SampleHistory.legs), "runs-legs")
  }

  @Test func comparesWithTheMarkedBase() throws {
    var driver = driver(80, 24)
    driver.press(.character("G"), .character(" "), .character("g"), .tab, .character("z"), .character("j"))
    try check(driver, "runs-base")
  }

  @Test func saysWhatToDoWithoutAHistory() throws { try check(driver(80, 24, []), "runs-empty") }
}
