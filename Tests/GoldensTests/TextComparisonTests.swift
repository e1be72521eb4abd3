import Goldens
import Testing
import TriageModel

@Suite struct TextComparisonTests {
  private func compare(_ left: String, _ right: String, _ change: (inout ComparisonOptions) -> Void = { _ in })
    -> Comparison
  {
    var options = ComparisonOptions()
    change(&options)
    return GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: "t.txt", options: options)
  }

  private func runs(_ comparison: Comparison) -> [AlignedRun.Kind] {
    guard case .text(let text) = comparison.body else { return [] }
    return text.alignment.runs.map(\.kind)
  }

  @Test func theSameBytesDoNotDiffer() {
    let comparison = compare("a\n", "a\n")
    #expect(comparison.isIdentical)
    #expect(!comparison.differs)
  }

  @Test func aRemovedLineLeavesTheRestAlike() {
    let lines = (0..<50).map { "row \($0)" }
    var other = lines
    other.remove(at: 20)
    let comparison = compare(lines.joined(separator: "\n") + "\n", other.joined(separator: "\n") + "\n")
    #expect(runs(comparison) == [.equal, .removed, .equal])
    #expect(comparison.summary.removed == 1)
    #expect(comparison.summary.changed == 0)
    #expect(comparison.summary.first == "line 21")
  }

  @Test func numbersWithinTheToleranceAreTolerated() {
    let (left, right) = ("loss  9.99 ok\nend\n", "loss 10.00 ok\nend\n")
    #expect(runs(compare(left, right)) == [.changed, .equal])
    let comparison = compare(left, right) { $0.tolerance.absolute = 0.1 }
    #expect(runs(comparison) == [.tolerated, .equal])
    #expect(!comparison.differs)
    #expect(comparison.summary.tolerated == 1)
    #expect(comparison.remaining(under: .exact) == 1)
    #expect(comparison.remaining(under: Tolerance(absolute: 0.1)) == 0)
  }

  @Test func theSmallestToleranceIsTheOneThatPasses() throws {
    let (left, right) = ("a 3.0\nb 7.0\n", "a 3.3\nb 7.1\n")
    let rtol = try #require(compare(left, right).summary.smallestRelative)
    #expect(!compare(left, right) { $0.tolerance.relative = rtol }.differs)
    #expect(compare(left, right) { $0.tolerance.relative = rtol.nextDown.nextDown }.differs)
    let atol = try #require(compare(left, right).summary.smallestAbsolute)
    #expect(!compare(left, right) { $0.tolerance.absolute = atol }.differs)
    #expect(compare(left, right) { $0.tolerance.absolute = atol.nextDown }.differs)
  }

  @Test func wordsThatOnlyLookLikeNumbersAreWords() {
    for (left, right) in [
      ("v1.2.3", "v1.2.4"), ("id 007", "id 7"), ("a_1", "a_2"), ("x  y", "x y"), ("1e999", "2e999"),
    ] {
      let comparison = compare(left + "\n", right + "\n") { $0.tolerance = Tolerance(relative: 9, absolute: 9) }
      #expect(comparison.differs, "\(left)")
    }
  }

  @Test func lineEndsAloneAreAnotherWayOfWriting() {
    let comparison = compare("a\nb\n", "a\r\nb\r\n")
    #expect(comparison.drift.kind == .format)
    #expect(comparison.differs)
    #expect(runs(comparison) == [.equal])
    #expect(comparison.summary.structure == ["line ends LF → CR LF in 2 lines"])
  }

  @Test func aMissingLastLineEndAndAByteOrderMarkAreSaid() {
    let comparison = compare("\u{FEFF}a\nb\n", "a\nb")
    #expect(comparison.summary.structure == ["byte order mark vanished", "the final line end vanished"])
    #expect(comparison.drift.kind == .format)
    #expect(comparison.differs)
  }

  @Test func linesInAnotherOrderAreAPermutation() {
    #expect(compare("a\nb\nc\nd\n", "a\nc\nb\nd\n").drift.kind == .permutation)
  }

  @Test func equalNumbersOfReplacedLinesPairInOrder() {
    let comparison = compare("x\nalpha 1\nbeta 2\ny\n", "x\ngamma 3\ndelta 4\ny\n")
    #expect(runs(comparison) == [.equal, .changed, .equal])
    #expect(comparison.summary.changed == 2)
  }

  @Test func unequalNumbersOfReplacedLinesPairByLikeness() {
    let comparison = compare("x\nname: anna, age: 3\ny\n", "x\nbrand new words\nname: anna, age: 4\ny\n")
    #expect(runs(comparison) == [.equal, .added, .changed, .equal])
  }

  @Test func runningOutOfStepsIsSaid() {
    let left = (0..<400).map { "line \($0 % 7) \($0 % 3)" }.joined(separator: "\n")
    let right = (0..<400).map { "line \($0 % 5) \($0 % 4)" }.joined(separator: "\n")
    let comparison = compare(left, right) { $0.limits.alignmentSteps = 900 }
    #expect(comparison.remarks.contains { $0.contains("900 steps") })
  }

  @Test func conflictMarkersInTheGoldenAreSaid() {
    let left = "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"
    #expect(compare(left, "a\n").remarks.contains { $0.contains("conflict markers") && $0.contains("line 2") })
    #expect(compare("=======\nTitle\n=======\n", "a\n").remarks.isEmpty)
  }

  @Test func otherEncodingsAreReadAndSaid() {
    let utf16: [UInt8] = [0xFF, 0xFE] + "a\nb\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let comparison = GoldenKinds.compare(utf16, Array("a\nb\n".utf8), name: "t.txt")
    #expect(comparison.summary.structure == ["encoding UTF-16 → UTF-8"])
    #expect(comparison.drift.kind == .format)
    let latin = GoldenKinds.compare(
      Array("caf\u{E9}\n".unicodeScalars.map { UInt8($0.value) }), [0x63, 0x0A], name: "t.txt")
    #expect(latin.kind == "text")
    let bytes = GoldenKinds.compare([0, 1, 2], [0, 1, 3, 4], name: "t.bin")
    #expect(bytes.kind == "bytes")
    #expect(bytes.summary.first == "byte 2")
    #expect(bytes.differs)
  }

  @Test func sidesBeyondTheLimitAreNotRead() {
    let comparison = compare("aaaa", "bbbbbb") { $0.limits.bytes = 5 }
    #expect(comparison.differs)
    #expect(comparison.drift.kind == .unknown)
    #expect(comparison.remarks.contains { $0.contains("limit") })
  }
}
