internal import RunHistory
internal import TriageModel

/// M6, M7 and M8: how many items of a kind the newest run found wrong.
struct ItemsMeasure: HealthMeasure {
  let kind: HealthKind
  private let word: String
  private let absence: String

  /// - Parameters:
  ///   - word: The word of the items' kind.
  ///   - absence: Why there is no number where no run left what it is counted from.
  init(_ kind: HealthKind, of word: String, _ absence: String) {
    self.kind = kind
    self.word = word
    self.absence = absence
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    func counts(_ run: HealthRun) -> OutcomeCounts? {
      run.record.items.kinds.contains(word) ? run.record.items[word] : nil
    }
    guard let newest = evidence.newest else { return evidence.unknown(kind, evidence.flaw ?? absence) }
    guard let now = counts(newest) else {
      let seen = evidence.runs.last { counts($0) != nil }
      let words = seen.map { "\(absence) in the newest run; \($0.name) had the last" } ?? absence
      return evidence.unknown(kind, words)
    }
    var figure: HealthFigure
    if newest.record.isComplete {
      figure = evidence.figure(kind, Double(now.failing))
    } else {
      figure = evidence.unknown(kind, "the newest run (\(newest.record.shortName)) is incomplete")
    }
    figure.facts = [
      .init(
        "made of", "\(ItemKind.counted(now.total, word)) of \(newest.name), \(CountText.of(now.failing)) of them wrong")
    ]
    figure.points = evidence.runs.map { run in
      .init(
        label: run.record.shortName, time: run.record.startedAt, number: counts(run).map { Double($0.failing) })
    }
    let wrong = try evidence.service.items(of: newest.record, word).filter(\.outcome.isFailing)
    figure.parts = wrong.prefix(50).map { item in
      .init(item.id, item.outcome.words, .test(item.id, in: newest.record.identity))
    }
    return figure
  }
}

extension HistoryService {
  /// The items of a kind that a run had, by their ids.
  func items(of run: RunRecord, _ word: String) throws(HistoryError) -> [ItemRecord] {
    try store.items(ofRun: run.key, isWhole: false).filter { $0.kind == word }.sorted {
      ($0.id, $0.leg) < ($1.id, $1.leg)
    }
  }
}
