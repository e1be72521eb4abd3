import Testing
import TriageModel

@Suite struct WordingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func thousandsStandApart(count: Int, text: String) {
    #expect(CountText.of(count) == text)
  }

  @Test func findsTheFilesThatOutputNames() {
    let output = """
      [[ATTACHMENT|/out/a.png]] and [[ATTACHMENT|b.txt|reserved]]
      [[ATTACHMENT|]] [[ATTACHMENT|cut
      [[ATTACH
      """
    var copy = output
    let paths = copy.withUTF8 { AttachmentMark.paths(in: UnsafeRawBufferPointer($0)) }
    #expect(paths == ["/out/a.png", "b.txt", "cut"])
  }

  @Test func outcomesKeepTheirLettersApart() {
    #expect(Set(Outcome.allCases.map(\.letter)).count == Outcome.allCases.count)
    #expect(Set(Outcome.allCases.map(\.name)).count == Outcome.allCases.count)
  }

  @Test(arguments: [
    ([Outcome.failed, .passed], Outcome.passedOnRetry), ([.passed, .failed], .failed),
    ([.timedOut, .passed], .passedOnRetry),
    ([.skipped], .skipped), ([.passed, .passed], .passed), ([.failed, .skipped], .failed),
    ([.failed, .expectedFailure], .failed), ([.failed, .errored, .skipped], .errored),
    ([.failed, .skipped, .passed], .passedOnRetry), ([.failed, .passed, .skipped], .passedOnRetry),
    ([.passed, .skipped], .skipped), ([.passedOnRetry, .failed], .failed),
  ])
  func onlyAPassMendsAFailure(attempts: [Outcome], outcome: Outcome) {
    #expect(Outcome.of(attempts: attempts) == outcome)
  }
}
