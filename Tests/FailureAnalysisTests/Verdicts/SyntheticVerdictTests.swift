import FailureAnalysis
import Testing
import TriageModel

/// How often the verdicts are right where the truth is known.
struct SyntheticVerdictTests {
  @Test func verdictsAgreeWithWhatWasPlanted() {
    let history = SyntheticHistory(tests: 400, runs: 300, seed: 11)
    let (text, cells) = history.table()
    print(text)
    let labels: [(SyntheticHistory.Truth, Verdict.Label, precision: Double, recall: Double)] = [
      (.flaky, .flaky, 0.9, 0.85), (.broken, .broken, 0.95, 0.95), (.fixed, .fixed, 0.9, 0.6), (.new, .new, 0.9, 0.9),
    ]
    for (truth, label, precision, recall) in labels {
      let right = Double(cells[truth]?[label] ?? 0)
      let said = Double(cells.values.reduce(0) { $0 + ($1[label] ?? 0) })
      let planted = Double(cells[truth]?.values.reduce(0, +) ?? 0)
      #expect(said > 0 && right / said >= precision, "\(label) is right in \(right) of \(said)\n\(text)")
      #expect(planted > 0 && right / planted >= recall, "\(label) finds \(right) of \(planted)\n\(text)")
    }
    let confused = (cells[.new]?[.flaky] ?? 0) + (cells[.flaky]?[.new] ?? 0)
    #expect(confused <= 2, "new and flaky are confused \(confused) times\n\(text)")
  }
}
