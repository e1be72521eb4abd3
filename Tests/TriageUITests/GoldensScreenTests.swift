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

  private static func kinds() -> [GoldenChange] {
    let real = Drift(.real, "something else")
    return ["txt", "json", "png", "bin"].map { SampleGoldens.change("tests/x.\($0)", $0, real, changed: 3, total: 9) }
  }

  @Test(arguments: sizes) func printout(width: Int, height: Int) {
    var driver = Driver([SampleRun.make()], goldens: Self.kinds(), width: width, height: height)
    driver.press(.character("2"))
    for _ in 0..<4 {
      print(driver.screen.joined(separator: "\n"))
      driver.press(.character("]"))
    }
    driver.press(.character("g"), .character("]"), .character("]"), .character("v"))
    print(App.draw(driver.state).ascii.lines.joined(separator: "\n"))
    driver = Driver([SampleRun.make()], goldens: SampleGoldens.changes, width: width, height: height)
    driver.press(.character("2"), .character("*"), .character("a"))
    driver.type("clip is meant ABC-123")
    print(driver.screen.suffix(2).joined(separator: "\n"))
    driver.press(.enter)
    guard case .prepare(let request) = driver.effects.last else { Issue.record("not asked"); return }
    driver.send(.prepared(SampleGoldens.preview(request)))
    print(driver.screen.joined(separator: "\n"))
    driver.press(.escape, .escape, .character("]"), .character("]"), .character("]"), .character("T"), .character("l"))
    print(driver.screen.joined(separator: "\n"))
  }
}
