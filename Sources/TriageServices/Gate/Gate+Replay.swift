internal import FailureAnalysis
package import RunHistory
internal import Runbooks
package import TriageModel
internal import Workspace

/// What a policy would have done in a window of the history, had it stood there alone: mutes and maintenance not counted.
package struct GateReplay: Sendable, Equatable {
  /// A breakage that the policy would have let through.
  package struct Miss: Sendable, Equatable {
    /// The test, by its stable name.
    package let test: String
    /// The run that failed first, as people call it.
    package let since: String
    /// Its failures that were let through, and as what.
    package var failures: Int
    /// What was done with the first of them.
    package let ruling: GateLine.Ruling
  }

  /// Days back from the newest run.
  package let days: Int
  /// Runs of the window.
  package var runs = 0
  /// Those of them that had failures.
  package var failingRuns = 0
  /// Runs that would have been stopped.
  package var stopped = 0
  /// Runs that would have paged.
  package var paged = 0
  /// Failing results by what would have been done with them.
  package var counts: [GateLine.Ruling: Int] = [:]
  /// Breakages that would have been let through, the most failures first.
  package var misses: [Miss] = []
  /// What the history cannot tell, a sentence each.
  package var remarks: [String] = []
}

extension Gate {
  /// What the policy would have done with the failures of a window.
  package func replay(days: Int, _ history: HistoryService) throws(HistoryError) -> GateReplay {
    let filter = HistoryFilter(.days(days))
    let window = try history.records(filter)
    var replay = GateReplay(days: days)
    replay.runs = window.count
    replay.failingRuns = window.count { $0.failing > 0 }
    if settings.rules.contains(where: { $0.rule.conditions.contains { [.marker, .path, .kind].contains($0.field) } }) {
      replay.remarks.append(
        "the history keeps no markers, paths and kinds: rules that ask for them were taken not to hold")
    }
    let records = Dictionary(window.map { ($0.key, $0) }) { first, _ in first }
    var texts: [SignatureKey: [UInt8]] = [:]
    var stopped: Set<RunKey> = []
    var paged: Set<RunKey> = []
    try history.eachFailingSeries(filter) { failing throws(HistoryError) in
      let (series, verdictAt) = (failing.series, failing.verdict)
      for streak in failing.streaks {
        var missed: [GateLine.Ruling] = []
        for result in streak {
          guard let run = records[result.run] else { continue }
          let verdict = verdictAt(result.run)
          var subject = RuleSubject(id: series.test)
          subject.signature = result.signature
          subject.verdict = verdict.label
          subject.labels = run.labels.merging(LegName(text: result.leg).labels) { $1 }
          if let key = result.signature {
            if texts[key] == nil { texts[key] = try history.words(of: key) }
            subject.texts = [texts[key] ?? []]
          }
          let isSeen = series.results.contains { other in
            other.outcome.isFailing && other.signature == result.signature && result.signature != nil
              && (records[other.run]?.startedAt).map { $0 < run.startedAt ?? $0 } ?? false
          }
          let ruling = rule(subject, isKnown: isSeen && [.broken, .flaky].contains(verdict.label))
          replay.counts[ruling, default: 0] += 1
          if ruling.stops { stopped.insert(result.run) } else { missed.append(ruling) }
          if ruling == .page { paged.insert(result.run) }
        }
        guard let last = streak.last, let ruling = missed.first, ruling != .known else { continue }
        let verdict = verdictAt(last.run)
        guard verdict.label == .broken else { continue }
        let since = (verdict.range?.firstFailure ?? streak[0].run)
        replay.misses.append(
          GateReplay.Miss(
            test: series.test, since: records[since]?.shortName ?? "before the window", failures: missed.count,
            ruling: ruling))
      }
    }
    replay.stopped = stopped.count
    replay.paged = paged.count
    replay.misses.sort { ($1.failures, $0.test) < ($0.failures, $1.test) }
    return replay
  }

  /// What is done with a failure of the history.
  private func rule(_ subject: RuleSubject, isKnown: Bool) -> GateLine.Ruling {
    let severity = zip(settings.rules, rules).first { $1.holds(of: subject) }?.0.severity
    if severity == .page { return .page }
    if severity == nil {
      if ContractWords(mutes.contract).word(in: subject.id) != nil { return .page }
      if runbooks.index.pages(for: subject).severity == .page { return .page }
    }
    switch severity {
    case .ticket: return .ticket
    case .ignore: return .ignore
    case .page, nil: return settings.failOn == .new && isKnown ? .known : .fail
    }
  }
}

/// A test that failed or was retried in a window.
struct FailingSeries {
  /// What it did in all runs.
  let series: TestSeries
  /// Its failures in the window with no pass between them.
  let streaks: [[ResultRecord]]
  /// What it is called in a run.
  let verdict: (RunKey) -> Verdict
  /// The failures, of whatever run, that make it flaky by now; none where it is not.
  let flaked: () -> [ResultRecord]
}

extension HistoryService {
  /// Tests that failed whose past is read at once.
  private static let batch = 512

  /// Calls `body` with each test that failed or was retried in a window.
  func eachFailingSeries(
    _ filter: HistoryFilter, _ body: (FailingSeries) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    let window = Set(try records(filter).map(\.key))
    let judge = try judge(among: records())
    var finder = InfraFinder(self, judge.timeline.runs)
    let names = try store.unsteady(in: repository, filter).map(\.test)
    for start in stride(from: 0, to: names.count, by: Self.batch) {
      for series in try self.series(of: Array(names[start..<min(start + Self.batch, names.count)])) {
        let given = finder.given(series)
        let streaks = Streak.all(of: series, judge.timeline).map { $0.failures.filter { window.contains($0.run) } }
        var known: [RunKey: Verdict] = [:]
        func verdict(_ run: RunKey) -> Verdict {
          if let verdict = known[run] { return verdict }
          let verdict = judge.judge(series, at: run, given: given)
          known[run] = verdict
          return verdict
        }
        try body(
          FailingSeries(
            series: series, streaks: streaks.filter { !$0.isEmpty }, verdict: { verdict($0) },
            flaked: { judge.judgeNewest(series, given: given).flaky.flatMap(\.counted).filter(\.outcome.isFailing) }))
      }
    }
  }

  /// What failures of a signature say, as it was kept.
  func words(of signature: SignatureKey) throws(HistoryError) -> [UInt8] {
    guard let text = try text(of: signature) else { return [] }
    return Array("\(text.title)\n\(text.text)".utf8)
  }
}
