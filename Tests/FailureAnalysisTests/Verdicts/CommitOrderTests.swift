import FailureAnalysis
import TestSupport
import Testing
import TriageModel

/// The place of a commit among others is git's, where git knows it.
@Suite struct CommitOrderTests {
  /// Ten good commits, five bad ones, then a bisection between them: four commits that never ran before. Then a bad one.
  private let bisected = History("..........BBBBB.B.BB", perCommit: 1)
  /// When each was made: the bisected ones lie between the last good and the first bad, in the order 15, 17, 16, 18.
  private let minutes = [
    0, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200, 1320, 1440, 1560, 1680, 1090, 1110, 1100, 1120, 2200,
  ]

  private func committed(_ history: History) -> [String: Timestamp] {
    let start = history.runs[0].startedAt?.milliseconds ?? 0
    return Dictionary(
      uniqueKeysWithValues: minutes.indices.map {
        ("commit\($0)", Timestamp(milliseconds: start + Int64(minutes[$0]) * 60_000 - 60_000))
      })
  }

  private func judge(_ history: History, _ committed: [String: Timestamp]) -> Verdict {
    VerdictJudge(runs: history.runs, failures: history.failures, committed: committed).judge(history.series, at: 20)
  }

  @Test func aBisectionMakesNoFlakeOfABreakage() throws {
    let verdict = judge(bisected, committed(bisected))
    #expect(verdict.label == .broken)
    // The first bad commit is what the bisection found.
    #expect(verdict.range?.firstFailure == 17)
  }

  @Test func aCommitThatRanBeforeItWasMadeKeepsThePlaceOfItsRun() {
    var wrong = committed(bisected)
    wrong["commit0"] = Timestamp(milliseconds: 4_000_000_000_000)
    #expect(judge(bisected, wrong) == judge(bisected, committed(bisected)))
  }

  @Test func orderOfAddingDoesNotMatter() {
    var other = bisected
    other.runs.reverse()
    #expect(judge(other, committed(bisected)) == judge(bisected, committed(bisected)))
  }
}
