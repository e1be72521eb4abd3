import TerminalKit
import Testing
import TriageModel

@testable import TriageUI

@Suite struct SparklineTests {
  private func text(_ recent: [Outcome], width: Int = 8) -> String { Sparkline.line(recent, width: width).text }

  @Test func aResultIsACellWhileTheyFit() {
    #expect(text([.passed, .failed, .passedOnRetry, .skipped, .timedOut]) == "   ▁▇▄·▇")
    #expect(text([]) == "        ")
  }

  @Test func severalResultsShareACellWhenTheyDoNot() {
    let broken = Array(repeating: Outcome.passed, count: 12) + Array(repeating: .failed, count: 12)
    #expect(text(broken) == " ▁▁▁▅▇▇▇")
    let flaky = (0..<24).map { $0 % 6 == 0 ? Outcome.failed : .passed }
    #expect(text(flaky) == " ▃▃▁▃▃▁▁")
  }

  @Test func theNewestResultIsNeverHiddenAmongOthers() {
    #expect(text(Array(repeating: .passed, count: 47) + [.failed]).hasSuffix("▁▁▇"))
    #expect(text(Array(repeating: .failed, count: 47) + [.passed]).hasSuffix("▇▇▁"))
  }

  @Test func aCellOfSkipsSaysNothing() {
    #expect(text([.skipped, .skipped, .failed, .skipped], width: 3) == "·▇·")
  }

  @Test func neverTakesMoreThanItsCells() {
    for count in 0..<100 {
      let recent = (0..<count).map { Outcome.allCases[$0 % Outcome.allCases.count] }
      for width in 1..<14 { #expect(text(recent, width: width).count == width) }
    }
  }
}
