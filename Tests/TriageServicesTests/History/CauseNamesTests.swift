import ItemQueries
import TestSupport
import Testing
import TriageModel

@testable import TriageServices

@Suite struct CauseNamesTests {
  private func run() -> Run {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "could not connect to 10.0.0.1:5432 after 1.2 s")
    fixture.add("test_b", .failed, message: "could not connect to 10.0.0.9:5433 after 3.4 s")
    fixture.add("test_c", .failed, message: "FILES DIFFER: a.csv")
    fixture.add("test_d", .failed, message: "Image files did not match.")
    fixture.add("test_e", .passed)
    return fixture.run()
  }

  private func since(_ id: String) -> TestStanding {
    TestStanding(
      verdict: Verdict(.broken, why: []), since: RunRecord(key: 1, identity: RunIdentity(source: "", id: id)))
  }

  private func names(goldens: Set<TestIndex> = [], standings: [TestIndex: TestStanding] = [:]) -> [String?] {
    let run = run()
    let causes = RunCauses(of: run.testsOfNote, FailureSignatures(of: run.table)) { _ in [:] }
    let names = CauseNames(of: run, causes: causes, standings: standings, goldenTests: goldens)
    return (0..<5).map { names.name(of: TestIndex($0))?.key }
  }

  @Test func failuresThatSayTheSameAreOneCause() {
    let names = names()
    #expect(names[0] == names[1])
    #expect(names[0] != names[2] && names[2] != names[3])
    #expect(names[4] == nil)
    #expect(names[0]?.count == 16)
  }

  @Test func goldensThatBrokeInOneRunAreOneCause() {
    let goldens: Set<TestIndex> = [TestIndex(2), TestIndex(3)]
    let together = names(goldens: goldens, standings: [TestIndex(2): since("7"), TestIndex(3): since("7")])
    #expect(together[2] == "golden@7" && together[3] == "golden@7")
    let apart = names(goldens: goldens, standings: [TestIndex(2): since("7"), TestIndex(3): since("9")])
    #expect(apart[2] != apart[3])
    #expect(apart[0] == apart[1])
  }
}
