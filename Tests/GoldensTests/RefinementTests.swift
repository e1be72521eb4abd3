import Goldens
import Testing

@Suite struct RefinementTests {
  private func refine(_ left: String, _ right: String, steps: Int = 200_000) -> Refinement {
    TextComparison(
      expected: TextLines(Array(left.utf8)), actual: TextLines(Array(right.utf8)), alignment: Alignment([]),
      refinementSteps: steps
    ).refine(expectedLine: 0, actualLine: 0)
  }

  private func parts(_ text: String, _ ranges: [Range<Int>]) -> [String] {
    ranges.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ("0.123456", "0.123999", "456", "999"), ("0.5", "0.51", "", "1"), ("9.99", "10.01", "9.99", "10.01"),
    ("-1.25e-3", "-1.75e-3", "25", "75"), ("1.5e3", "1.5e4", "1.5e3", "1.5e4"), ("120", "129", "0", "9"),
  ])
  func theDigitsThatDifferAreMarked(left: String, right: String, first: String, second: String) {
    let (one, other) = ("the loss after epoch 12 is \(left) now\n", "the loss after epoch 12 is \(right) now\n")
    let found = refine(one, other)
    #expect(parts(one, found.expected).joined() == first)
    #expect(parts(other, found.actual).joined() == second)
  }

  @Test func aValueAloneIsMarkedInItsDigits() {
    let found = Refinement.of("0.61234", "0.61301")
    #expect(found.expected == [4..<7] && found.actual == [4..<7] && !found.isWhole)
  }

  @Test func marksThatLieCloseBecomeOne() {
    let found = refine("a long line with one, two and more behind", "a long line with six, ten and more behind")
    #expect(found.expected == [17..<25])
  }

  @Test func linesThatHaveLittleInCommonAreMarkedWhole() {
    let found = refine("alpha beta gamma\n", "delta epsilon zeta\n")
    #expect(found.isWhole)
    #expect(found.expected == [0..<16])
    #expect(!found.isLimited)
  }

  @Test func theLimitOfStepsIsSaid() {
    let found = refine(String(repeating: "a b ", count: 50), String(repeating: "b c ", count: 50), steps: 100)
    #expect(found.isLimited)
    #expect(found.isWhole)
  }

  @Test func linesThatAreNotThereHaveNoMarks() {
    #expect(refine("", "").expected.isEmpty)
  }
}
