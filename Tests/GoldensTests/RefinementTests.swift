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

  @Test func aNumberIsMarkedWhole() {
    let (left, right) = ("the loss after epoch 12 is 0.123456\n", "the loss after epoch 12 is 0.123999\n")
    let found = refine(left, right)
    #expect(parts(left, found.expected) == ["0.123456"])
    #expect(parts(right, found.actual) == ["0.123999"])
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
