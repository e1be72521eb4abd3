internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

/// How often assay was right: what failures were called when they were judged first, held against what came later. What
/// is not yet known is never counted as right.
struct VerdictMeasure: HealthMeasure {
  let kind = HealthKind.verdicts

  /// The verdicts of one label.
  private struct Tally {
    var right = 0
    var wrong = 0
    var muted = 0
    var open = 0
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let kept = try evidence.service.verdicts(of: evidence.runs.map(\.record.key))
    if kept.isEmpty {
      return evidence.unknown(
        kind,
        "no verdict of the window was kept: they are when a run with failures is added as the newest of its stream")
    }
    var tallies: [Verdict.Label: Tally] = [:]
    var wrong: [HealthFigure.Part] = []
    let truths = try truths(of: kept, evidence)
    let cover = MuteCover(evidence.sources.records.mutes)
    let notes = evidence.sources.records.notes
    let records = Dictionary(evidence.runs.map { ($0.record.key, $0) }) { first, _ in first }
    for verdict in kept {
      guard let run = records[verdict.run], let past = truths[verdict.test] else { continue }
      let name = run.record.identity.name(startedAt: run.record.startedAt)
      let truth =
        notes.called(verdict.test, inRun: name).map { .called($0) } ?? past.truths.truth(of: verdict.run)
      switch truth.judges(verdict.label) {
      case true?: tallies[verdict.label, default: Tally()].right += 1
      case false?:
        tallies[verdict.label, default: Tally()].wrong += 1
        wrong.append(
          .init(
            verdict.test, "called \(verdict.label.rawValue) in \(run.name), but \(truth.words)",
            .test(verdict.test, in: run.record.identity)))
      case nil:
        let isMuted = past.failures.contains {
          $0.run == verdict.run && cover.coversToday(verdict.test, $0, in: run.record)
        }
        if isMuted {
          tallies[verdict.label, default: Tally()].muted += 1
        } else {
          tallies[verdict.label, default: Tally()].open += 1
        }
      }
    }
    return figure(evidence, tallies, wrong)
  }

  private func figure(
    _ evidence: HealthEvidence, _ tallies: [Verdict.Label: Tally], _ wrong: [HealthFigure.Part]
  ) -> HealthFigure {
    let right = tallies.values.reduce(0) { $0 + $1.right }
    let judged = right + wrong.count
    var figure =
      judged > 0
      ? evidence.figure(kind, Double(right) / Double(judged))
      : evidence.unknown(kind, "no later run has proved a verdict right or wrong yet")
    for label in Verdict.Label.allCases {
      guard let tally = tallies[label] else { continue }
      var parts: [String] = []
      if tally.right + tally.wrong > 0 {
        parts.append("right \(CountText.of(tally.right)) of \(CountText.of(tally.right + tally.wrong)) here")
      }
      if tally.muted > 0 { parts.append("muted since: \(CountText.of(tally.muted))") }
      if tally.open > 0 {
        let claims = label != .unknown && label != .muted
        parts.append((claims ? "not yet known: " : "claims nothing: ") + CountText.of(tally.open))
      }
      figure.facts.append(.init(label.rawValue, parts.joined(separator: "; ")))
    }
    figure.parts = Array(wrong.prefix(100))
    return figure
  }

  private func truths(
    of kept: [KeptVerdict], _ evidence: HealthEvidence
  ) throws(HistoryError) -> [String: (truths: FailureTruths, failures: [ResultRecord])] {
    let names = Set(kept.map(\.test)).sorted()
    let timeline = RunTimeline(try evidence.service.records(), thresholds: evidence.service.thresholds)
    var truths: [String: (truths: FailureTruths, failures: [ResultRecord])] = [:]
    for start in stride(from: 0, to: names.count, by: 512) {
      for series in try evidence.service.series(of: Array(names[start..<min(start + 512, names.count)])) {
        truths[series.test] = (
          FailureTruths(series, timeline, row: evidence.service.thresholds.consecutiveFailures),
          series.results.filter(\.outcome.isFailing)
        )
      }
    }
    return truths
  }
}
