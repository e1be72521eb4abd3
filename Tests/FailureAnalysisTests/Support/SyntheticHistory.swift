import FailureAnalysis
import TriageModel

/// Histories whose truth is known: steady tests, flakes, breakages, repairs, and nights in which the machines failed.
struct SyntheticHistory {
  /// What was planted in a test, as it stands in the last run.
  enum Truth: String, CaseIterable {
    case steady
    case flaky
    case broken
    case fixed
    case new
  }

  var runs: [RunRecord] = []
  var tests: [(series: TestSeries, truth: Truth)] = []

  /// Runs on commits of one to four runs each; every 40th run or so is an infrastructure night.
  init(tests count: Int, runs runCount: Int, seed: UInt64) {
    var random = SeededGenerator(seed)
    var commit = 0
    var nights: Set<Int> = []
    for index in 0..<runCount {
      // The judged run begins a commit: what breaks in it came with it.
      if random.chance(0.4) || index + 1 == runCount { commit += 1 }
      // The last run is judged: it is no night.
      if index + 1 < runCount, random.chance(0.025) { nights.insert(index) }
      var run = RunRecord(number: Int64(index), identity: RunIdentity(source: "ci", id: "\(1000 + index)"))
      run.commit = "c\(commit)"
      run.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index) * 14_400_000)
      runs.append(run)
    }
    for index in 0..<count {
      let truth = Self.truth(&random)
      let (letters, isVisible) = Self.letters(truth, runs: runs, nights: nights, random: &random)
      var series = TestSeries(test: "test\(index)", results: [])
      for (place, letter) in letters.enumerated() {
        guard let result = History.result(letter, run: Int64(place)) else { continue }
        series.results.append(result)
        runs[place].counts[result.outcome] += 1
      }
      tests.append((series, isVisible ? truth : .steady))
    }
  }

  private static func truth(_ random: inout SeededGenerator) -> Truth {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<10: .flaky
    case 10..<15: .broken
    case 15..<20: .fixed
    case 20..<25: .new
    default: .steady
    }
  }

  /// The results as letters, and whether what was planted ever showed in the last thirty days.
  private static func letters(
    _ truth: Truth, runs: [RunRecord], nights: Set<Int>, random: inout SeededGenerator
  ) -> ([Character], Bool) {
    let count = runs.count
    // From 0.1 to 50 %, evenly on a logarithmic scale.
    let rate = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5].randomElement(using: &random) ?? 0.1
    var starts = (1..<count).filter { runs[$0].commit != runs[$0 - 1].commit }
    starts = starts.filter { $0 > count / 2 && $0 < count - 8 }
    let start = starts.randomElement(using: &random) ?? count / 2
    let end = starts.first { $0 >= start + 4 } ?? count - 3
    let recent = count - 180
    var isVisible = truth != .flaky
    let letters = (0..<count).map { place -> Character in
      let isNight = nights.contains(place) && random.chance(0.5)
      var letter: Character = "."
      switch truth {
      case .steady: break
      case .flaky:
        if random.chance(rate) {
          letter = random.chance(0.5) ? "r" : "F"
          if place > recent { isVisible = true }
        }
      case .broken: if place >= start { letter = "F" }
      case .fixed: if place >= start, place < end { letter = "F" }
      case .new: if place == count - 1 { letter = "N" }
      }
      return isNight && letter == "." ? "G" : letter
    }
    return (letters, isVisible)
  }

  /// Precision and recall of a label that stands for a truth, and the whole table.
  func table() -> (text: String, cells: [Truth: [Verdict.Label: Int]]) {
    let judge = VerdictJudge(runs: runs)
    var cells: [Truth: [Verdict.Label: Int]] = [:]
    for (series, truth) in tests {
      let label = judge.judge(series, at: runs[runs.count - 1].number).label
      cells[truth, default: [:]][label, default: 0] += 1
    }
    var lines = ["truth    " + Verdict.Label.allCases.map { $0.rawValue }.joined(separator: " | ")]
    for truth in Truth.allCases {
      let row = Verdict.Label.allCases.map { "\(cells[truth]?[$0] ?? 0)" }.joined(separator: " | ")
      lines.append("\(truth.rawValue)  " + row)
    }
    return (lines.joined(separator: "\n"), cells)
  }
}
