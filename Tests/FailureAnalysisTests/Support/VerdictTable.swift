import FailureAnalysis
import TriageModel

/// How often each verdict is right on a synthetic history: every test in the last run, and what failed in some before it.
struct VerdictTable {
  typealias Truth = SyntheticHistory.Truth

  private(set) var cells: [Truth: [Verdict.Label: Int]] = [:]

  /// Judges a history in its last run, and all that failed in every so many-th run of its last half.
  init(_ history: SyntheticHistory, every step: Int = 6) {
    let judge = VerdictJudge(runs: history.runs, failures: history.failures)
    let last = history.runs.count - 1
    let fair = stride(from: last - step, to: last / 2, by: -step)
    let odd = history.weather.indices.filter {
      if case .fair = history.weather[$0] { false } else { $0 > last * 2 / 3 }
    }
    for (index, test) in history.tests.enumerated() {
      let label = judge.judge(test.series, at: RunKey(token: Int64(last)), given: test.given).label
      cells[Self.truth(of: test, at: last, history), default: [:]][label, default: 0] += 1
      for place in Set(fair).union(odd).sorted() {
        // Nearly all tests fail in a mass failure: a few of them say enough.
        if case .mass = history.weather[place], index % 10 > 0 { continue }
        guard test.series.results.contains(where: { $0.run.token == Int64(place) && $0.outcome.isFailing }) else {
          continue
        }
        let label = judge.judge(test.series, at: RunKey(token: Int64(place)), given: test.given).label
        cells[Self.truth(of: test, at: place, history), default: [:]][label, default: 0] += 1
      }
    }
  }

  /// What is true of a test in a run.
  private static func truth(of test: SyntheticHistory.Test, at place: Int, _ history: SyntheticHistory) -> Truth {
    let own = test.series.results.filter { $0.run.token == Int64(place) }
    let signatures = Set(own.filter(\.outcome.isFailing).compactMap(\.signature))
    // So many failed that it says little of any one.
    if !signatures.isEmpty, case .mass = history.weather[place] { return .massFailure }
    // Of several legs the worst counts: what broke in one is not excused by the machines of the other.
    if !signatures.isEmpty, signatures.isSubset(of: [History.night, History.knownNight]) { return .infra }
    switch test.plant {
    case .steady: return .passing
    case .flaky: return showed(test, before: place, days: 30) ? .flaky : .passing
    case .broken(let range, let rate):
      if range.contains(place) { return place == range.lowerBound ? .new : .broken }
      // What flaked and was broken in between still flakes when that is mended.
      if rate > 0, showed(test, before: place, days: 30) { return .flaky }
      let days = (place - range.upperBound) / SyntheticHistory.runsPerDay
      return place >= range.upperBound && days < 21 ? .fixed : .passing
    case .new: return place == history.runs.count - 1 ? .new : .passing
    case .young: return place == history.runs.count - 1 ? .unknown : .passing
    }
  }

  /// Whether a flake showed itself in the days up to a run.
  private static func showed(_ test: SyntheticHistory.Test, before place: Int, days: Int) -> Bool {
    test.series.results.contains { result in
      result.run.token <= Int64(place) && result.run.token >= Int64(place - days * SyntheticHistory.runsPerDay)
        && result.signature == History.flake
    }
  }

  /// The share of verdicts of a label that are right; nil when none was given.
  func precision(_ label: Verdict.Label) -> Double? {
    let said = cells.values.reduce(0) { $0 + ($1[label] ?? 0) }
    return said == 0 ? nil : Double(right(label)) / Double(said)
  }

  /// The share of what a label stands for that has it; nil when nothing was planted.
  func recall(_ label: Verdict.Label) -> Double? {
    let planted = Truth(rawValue: label.rawValue).flatMap { cells[$0] }?.values.reduce(0, +) ?? 0
    return planted == 0 ? nil : Double(right(label)) / Double(planted)
  }

  private func right(_ label: Verdict.Label) -> Int {
    Truth(rawValue: label.rawValue).flatMap { cells[$0]?[label] } ?? 0
  }

  /// How often a truth got a label.
  func count(_ truth: Truth, as label: Verdict.Label) -> Int { cells[truth]?[label] ?? 0 }

  /// The table as people read it: a row a truth, a column a verdict, precision and recall.
  var text: String {
    func share(_ value: Double?) -> String { value.map { "\(($0 * 1000).rounded() / 10)" } ?? "–" }
    let labels = Verdict.Label.allCases
    var lines = ["| truth | " + labels.map(\.rawValue).joined(separator: " | ") + " | precision % | recall % |"]
    lines.append("|---" + String(repeating: "|---", count: labels.count + 2) + "|")
    for truth in Truth.allCases {
      let counts = labels.map { "\(count(truth, as: $0))" }.joined(separator: " | ")
      lines.append(
        "| \(truth.rawValue) | \(counts) | \(share(precision(truth.label))) | \(share(recall(truth.label))) |")
    }
    return lines.joined(separator: "\n")
  }
}
