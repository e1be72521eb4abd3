internal import FailureAnalysis
internal import RunHistory
internal import SafeText
internal import TriageModel

/// Judges the items of a run by the runs of its job before it: what was there before, what fell, what left the noise.
///
/// Without such runs a report's own word stands: a finding counts, a benchmark does not.
struct ItemJudge {
  /// Runs before that are looked for a number in.
  private static let mostRuns = 60

  let store: any HistoryStore
  let repository: String
  let rules: [MetricRule]
  private let shortfall: RunShortfall

  init(_ history: HistoryService) {
    store = history.store
    repository = history.repository
    rules = history.metricRules
    shortfall = RunShortfall(history.thresholds)
  }

  /// The run with its items judged.
  func judged(_ run: Run, among known: [RunRecord]) throws(HistoryError) -> Run {
    let items = run.table.reviewItems
    if items.isEmpty { return run }
    var run = run
    var byKind: [ItemKind: [TestIndex]] = [:]
    for item in items { byKind[run.table.kind(of: item), default: []].append(item) }
    let record = RunRecord(run)
    for (kind, items) in byKind.sorted(by: { $0.key.word < $1.key.word }) {
      let earlier = shortfall.peers(of: record, among: known, fewest: 1, most: Self.mostRuns) { peer in
        peer.items[kind.word].total > 0
      }
      guard let base = earlier.first else { continue }
      switch kind.judging {
      case .asReported: try judgeChanges(items, in: &run, base)
      case .whenNew: try letKnownBe(items, in: &run, base)
      case .againstBase: try judge(items, in: &run, against: base)
      case .againstNoise: try judge(items, in: &run, againstNoiseOf: earlier)
      }
    }
    return run
  }

  /// What needed a look in the run before was known then.
  private func letKnownBe(_ items: [TestIndex], in run: inout Run, _ base: RunRecord) throws(HistoryError) {
    let before = try records(of: base)
    for item in items where run.table.outcome(of: item) == .failed {
      guard let known = before[key(of: item, in: run)], known.outcome.isFailing || known.outcome == .expectedFailure
      else { continue }
      run.table.judge(item, as: .expectedFailure, saying: "it was there in \(base.shortName)")
    }
  }

  /// What is less than in the run before fell.
  private func judge(_ items: [TestIndex], in run: inout Run, against base: RunRecord) throws(HistoryError) {
    let before = try records(of: base)
    for item in items where run.table.outcome(of: item) == .passed {
      guard let measure = run.table.measure(of: item), let old = before[key(of: item, in: run)]?.measure else {
        continue
      }
      let loss = measure.better == .lower ? measure.value - old : old - measure.value
      // A last digit of a share that is written with few is none that anybody lost.
      guard loss > 0.005 else { continue }
      let unit = measure.unit.isEmpty ? "" : " " + measure.unit
      let words =
        "\(FigureText.of(measure.value, digits: 4))\(unit), \(FigureText.of(old, digits: 4))\(unit) in \(base.shortName)"
      run.table.judge(item, as: .failed, saying: words)
    }
  }

  /// What left the noise of the runs before is no chance.
  private func judge(
    _ items: [TestIndex], in run: inout Run, againstNoiseOf earlier: [RunRecord]
  ) throws(HistoryError) {
    let keys = Set(earlier.map(\.key))
    let all = try store.measures(of: items.map { run.table.id(of: $0) }, in: repository, .init())
    for (item, records) in zip(items, all) where run.table.outcome(of: item) == .passed {
      guard let measure = run.table.measure(of: item) else { continue }
      let leg = run.table.leg(of: item)
      // What was called a change is no noise of what was before it.
      let values = records.filter { keys.contains($0.run) && $0.leg == leg && !$0.outcome.isFailing }.map(\.value)
      guard let noise = NoiseInterval(values), noise.isWorse(measure.value, measure.better) else { continue }
      run.table.judge(item, as: .failed, saying: Self.words(measure, noise))
    }
  }

  private static func words(_ measure: ReviewItem.Measure, _ noise: NoiseInterval) -> String {
    func text(_ value: Double) -> String { MeasureText.of(value, measure.unit) }
    let change = noise.middle == 0 ? "" : " (\(signed((measure.value / noise.middle - 1) * 100)) %)"
    return
      "\(text(measure.value))\(change), \(text(noise.middle - noise.reach)) to \(text(noise.middle + noise.reach)) "
      + "by the \(noise.count) runs before"
  }

  private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + FigureText.of(value) }

  /// How far metrics moved from the run before, where a rule limits that.
  private func judgeChanges(_ items: [TestIndex], in run: inout Run, _ base: RunRecord) throws(HistoryError) {
    let rules = rules.filter { $0.fall != nil || $0.rise != nil }
    if rules.isEmpty { return }
    let gate = MetricGate(rules)
    let before = try records(of: base)
    for item in items where run.table.outcome(of: item) == .passed {
      guard let value = run.table.measure(of: item)?.value, let old = before[key(of: item, in: run)]?.measure else {
        continue
      }
      let name = MetricName(parsing: run.table.name(of: item))
      guard let miss = gate.rules(for: name).lazy.compactMap({ $0.miss(value, after: old, in: base.shortName) }).first
      else { continue }
      run.table.judge(item, as: .failed, saying: "\(name.text) \(miss)")
    }
  }

  // MARK: - The run before

  private func records(of run: RunRecord) throws(HistoryError) -> [RunTest: ItemRecord] {
    Dictionary(
      try store.items(ofRun: run.key, isWhole: false).map { (RunTest(name: $0.id, leg: $0.leg), $0) }
    ) { first, _ in first }
  }

  private func key(of item: TestIndex, in run: Run) -> RunTest {
    RunTest(name: StableName.of(run.table.id(of: item)), leg: run.table.leg(of: item))
  }
}
