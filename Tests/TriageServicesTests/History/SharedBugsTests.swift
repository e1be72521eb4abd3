import ItemQueries
import TestSupport
import Testing
import TriageModel

@testable import TriageServices

@Suite struct SharedBugsTests {
  private func run() -> Run {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "the reader could not open the first report", place: ("src/reader.py", 32))
    fixture.add("test_b", .failed, message: "a row of the table has no columns", place: ("src/reader.py", 32))
    fixture.add("test_c", .failed, message: "the writer lost its temporary folder", place: ("src/writer.py", 7))
    fixture.add("test_d", .failed, message: "the lamp in the cellar does not burn", place: ("src/lamp.py", 9))
    return fixture.run()
  }

  private func standing(_ since: String, _ label: Verdict.Label = .new) -> TestStanding {
    TestStanding(
      verdict: Verdict(label, why: []), since: RunRecord(key: 1, identity: RunIdentity(source: "", id: since)))
  }

  private func names(_ standings: [TestStanding], culprit: String? = nil) -> CauseNames {
    let run = run()
    let causes = RunCauses(of: run.testsOfNote, FailureSignatures(of: run.table)) { _ in [:] }
    let known = Dictionary(uniqueKeysWithValues: standings.enumerated().map { (TestIndex($0), $1) })
    return CauseNames(of: run, causes: causes, standings: known, goldenTests: []) { _, _ in culprit }
  }

  private func keys(_ names: CauseNames) -> [String] { (0..<4).map { names.name(of: TestIndex($0))?.key ?? "" } }

  @Test func textsThatBeganTogetherAtOnePlaceAreOneBug() {
    let names = names(["7", "7", "7", "7"].map { standing($0) })
    let keys = keys(names)
    #expect(keys[0] == keys[1] && keys[0].hasPrefix("bug@"))
    #expect(Set(keys).count == 3)
    #expect(names.name(of: TestIndex(0))?.title.hasSuffix("and 1 other text, at src/reader.py:32") == true)
  }

  @Test func onePlaceIsNotEnoughNorIsOneRun() {
    #expect(Set(keys(names(["7", "8", "7", "7"].map { standing($0) }))).count == 4)
    #expect(Set(keys(names(["7", "7", "7", "7"].map { standing($0, .flaky) }))).count == 4)
  }

  @Test func oneSuspectMakesThemOne() {
    let keys = keys(names(["7", "7", "7", "9"].map { standing($0) }, culprit: "194bf4a9e0"))
    #expect(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3])
  }

  @Test func whatOneTestSaidIsToldInItsWordsAndNoTwoTitlesAreOne() {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "lost 17 of 40 rows at 0x7f12ab00cd34")
    for name in ["red", "blue"] {
      for number in 1...2 {
        fixture.add(
          "test_\(name)_\(number)", .failed, message: "the tables differ by much\nin row \(number)\nof \(name)")
      }
    }
    let run = fixture.run()
    let causes = RunCauses(of: run.testsOfNote, FailureSignatures(of: run.table)) { _ in [:] }
    let names = CauseNames(of: run, causes: causes, standings: [:], goldenTests: [])
    let titles = (0..<5).map { names.name(of: TestIndex($0))?.title ?? "" }
    #expect(titles[0] == "AssertionError: lost 17 of 40 rows at 0x7f12ab00cd34")
    #expect(titles[1] == "AssertionError: the tables differ by much · of red")
    #expect(titles[3] == "AssertionError: the tables differ by much · of blue")
  }
}
