import Goldens
import TerminalKit
import TestSupport
import Testing
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

/// The Goldens screen as a whole, at the sizes and colour levels people have.
@Suite struct GoldensScreenTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60), (60, 16)]

  @Test(arguments: sizes) func printout(width: Int, height: Int) {
    var driver = Driver([SampleRun.make()], goldens: SampleGoldens.changes, width: width, height: height)
    driver.press(.character("2"))
    print(driver.screen.joined(separator: "\n"))
    driver.press(.character("j"), .character("j"), .character("j"), .character("j"), .tab)
    print(driver.screen.joined(separator: "\n"))
    driver.press(.tab, .character("]"), .character("]"))
    print(driver.screen.joined(separator: "\n"))
  }
}
