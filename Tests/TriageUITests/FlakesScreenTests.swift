import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

/// The Flakes screen as a whole, at the sizes and colour levels people have.
@Suite struct FlakesScreenTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60), (60, 16)]

  private func check(_ driver: Driver, _ name: String, level: ColorLevel = .palette256) throws {
    try driver.check(name, level: level)
  }

  private func driver(_ width: Int, _ height: Int) -> Driver {
    var driver = Driver([SampleRun.make()], flakes: SampleFlakes.rows, width: width, height: height)
    driver.press(.character("3"), .character("]"))
    return driver
  }

  @Test(arguments: sizes) func showsTestsByCostWithTheirRuns(width: Int, height: Int) throws {
    try check(driver(width, height), "flakes")
  }

  @Test func saysTheSameWithoutColours() throws { try check(driver(80, 24), "flakes", level: .mono) }

  @Test(arguments: [(80, 24), (200, 60)]) func showsAllThatFailedWithTheirVerdicts(width: Int, height: Int) throws {
    var driver = driver(width, height)
    driver.press(.character("A"), .character("j"), .character(" "), .character("$"))
    try check(driver, "flakes-all")
  }

  @Test func showsTheTextOfAnAttemptWhole() throws {
    var driver = driver(80, 24)
    driver.press(.tab, .character("z"))
    try check(driver, "flakes-attempt")
  }

  @Test func aNameOfOtherSignsKeepsTheGridStraight() throws {
    let rows = [
      SampleFlakes.row("tests/ü.py::test_日本語[\u{202E}x\u{1B}[2J]", ".F"), SampleFlakes.row("plain", ".F"),
    ]
    var driver = Driver([SampleRun.make()], flakes: rows, width: 80, height: 24)
    driver.press(.character("3"))
    try check(driver, "flakes-hostile")
  }
}
