import FailureAnalysis
import Foundation
import Testing
import TriageModel

/// How often the verdicts are right where the truth is known; with `ASSAY_TABLE=1` the table is written out.
struct SyntheticVerdictTests {
  private static let table = VerdictTable(SyntheticHistory(tests: 2000, runs: 300, seed: 11), every: 12)

  /// The least that each verdict reaches: precision, then recall.
  @Test(arguments: [
    (Verdict.Label.infra, 0.95, 0.93), (.massFailure, 0.95, 0.98), (.new, 0.75, 0.97),
    (.broken, 0.98, 0.97), (.flaky, 0.93, 0.95), (.fixed, 0.9, 0.8), (.passing, 0.97, 0.97), (.unknown, 0.95, 0.95),
  ])
  func verdictsAgreeWithWhatWasPlanted(label: Verdict.Label, precision: Double, recall: Double) throws {
    let table = Self.table
    #expect(try #require(table.precision(label)) >= precision, "\(table.text)")
    #expect(try #require(table.recall(label)) >= recall, "\(table.text)")
  }

  @Test func newAndFlakyAreHardlyEverConfused() {
    let table = Self.table
    if ProcessInfo.processInfo.environment["ASSAY_TABLE"] == "1" { print(table.text) }
    #expect(table.count(.new, as: .flaky) + table.count(.flaky, as: .new) <= 3, "\(table.text)")
  }
}
