import Goldens
import TerminalKit
import TestSupport
import Testing
import TriageMessages
import TriageModel

@testable import TriageUI

/// The Goldens screen as a whole, at the sizes and colour levels people have.
@Suite struct GoldensScreenTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60), (60, 16)]

  private func check(_ driver: Driver, _ name: String, level: ColorLevel = .palette256) throws {
    try driver.check(name, level: level)
  }

  private func driver(_ width: Int, _ height: Int, _ goldens: [GoldenChange] = SampleGoldens.changes) -> Driver {
    var driver = Driver([SampleRun.make()], goldens: goldens, width: width, height: height)
    driver.press(.character("2"))
    return driver
  }

  private func one(_ kind: String) -> [GoldenChange] {
    [SampleGoldens.change("tests/x.\(kind)", kind, Drift(.real, "something else"), changed: 3, total: 9)]
  }

  @Test(arguments: sizes) func showsManyChangesAsAFewGroups(width: Int, height: Int) throws {
    try check(driver(width, height), "goldens")
  }

  /// What proves the kind is never cut, and a secret is said before anybody decides.
  @Test(arguments: [(80, 24), (200, 60)]) func wrapsALongProofAndNamesSecrets(width: Int, height: Int) throws {
    let proof =
      "columns baseline, plan_basic stand elsewhere; 1 word changed: \"basic\" → \"free\" ×1; "
      + (1...6).map { "column_\($0): 40 of 40 numbers differ, by at most 0.18\($0) (relative 0.67)" }.joined(
        separator: "; ")
    var change = SampleGoldens.change(
      "tests/x.txt", "txt", Drift(.real, proof, with: [.permutation, .noise]), changed: 3, total: 9)
    change.secrets = ["an AWS key (line 3)"]
    change.warnings = ["an added line looks like an AWS key (line 3)"]
    try check(driver(width, height, [change]), "goldens-proof")
  }

  @Test func saysTheSameWithoutColours() throws { try check(driver(80, 24), "goldens", level: .mono) }

  @Test(arguments: sizes) func showsATableWithItsChangedCells(width: Int, height: Int) throws {
    var driver = driver(width, height)
    driver.press(.character("]"), .character("]"), .tab)
    try check(driver, "goldens-table")
  }

  @Test(arguments: sizes) func showsTextsSideBySideOrUnified(width: Int, height: Int) throws {
    var driver = driver(width, height, one("txt"))
    driver.press(.tab, .character("}"))
    try check(driver, "goldens-text")
  }

  @Test(arguments: [(80, 24), (120, 40)]) func showsATree(width: Int, height: Int) throws {
    try check(driver(width, height, one("json")), "goldens-tree")
  }

  @Test func showsPicturesAndTheirDifference() throws {
    var driver = driver(80, 24, one("png"))
    try check(driver, "goldens-image")
    driver.press(.character("v"))
    try check(driver, "goldens-difference")
  }

  @Test func showsBytes() throws { try check(driver(80, 24, one("bin")), "goldens-bytes") }

  @Test(arguments: sizes) func showsWhatADecisionWouldDo(width: Int, height: Int) throws {
    var driver = driver(width, height)
    driver.press(.character("*"), .character("a"))
    driver.type("the clip is meant ABC-123")
    try check(driver, "goldens-reason")
    driver.press(.enter)
    try check(driver, "goldens-confirm")
  }

  @Test func showsWhatAToleranceWouldLeave() throws {
    var driver = driver(80, 24)
    driver.press(.character("]"), .character("]"), .character("T"), .character("l"))
    try check(driver, "goldens-tolerance")
  }

  @Test(arguments: [(80, 24), (120, 40)]) func showsTheGoldenOfATestInTriage(width: Int, height: Int) throws {
    let run = SampleRun.make(only: "test_scores_golden")
    var change = one("txt")[0]
    change.testIndex = run.table.tests(where: \.needsAttention).first
    var driver = Driver([run], goldens: [change], width: width, height: height)
    driver.press(.character("l"), .character("l"), .character("l"), .character("l"))
    try check(driver, "triage-golden")
  }
}
