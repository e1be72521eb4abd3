internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

/// What reruns here say of tests of a run, laid over what the history says of them.
///
/// A rerun is no run of CI: it never makes a test broken, nor fixed. That the same code went both ways here, at the
/// run's own commit, answers whether an unknown or new failure is a flake. What CI says failed always stays broken.
struct RerunEvidence {
  /// What attempts at one state of the code came to.
  private struct Found {
    var counts = RerunCounts()
    var commit: String?
    var isChanged: Bool
    var newest: Timestamp?
  }

  private let history: HistoryService
  private let run: Run
  private let records: [RunKey: RunRecord]

  /// The reruns of a repository; nil where there are none.
  init?(_ history: HistoryService, of run: Run) throws(HistoryError) {
    let reruns = history.reruns
    let records = try reruns.records()
    if records.isEmpty { return nil }
    self.history = reruns
    self.run = run
    self.records = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
  }

  /// Lays it over the standings of tests.
  ///
  /// - Parameter signature: What the failure of a test said in the run.
  func lay(
    over standings: inout [TestIndex: TestStanding], of tests: [TestIndex], signature: (TestIndex) -> SignatureKey?
  ) throws(HistoryError) {
    let all = try history.series(of: tests.map { run.table.id(of: $0) })
    for (test, series) in zip(tests, all) where !series.results.isEmpty {
      guard let found = best(of: series, signature(test)) else { continue }
      let known = standings[test] ?? TestStanding(verdict: Verdict(.unknown, why: []))
      standings[test] = standing(known, with: found)
    }
  }

  /// The attempts at the run's own state of the code, else at the newest that was tried.
  private func best(of series: TestSeries, _ signature: SignatureKey?) -> Found? {
    var all: [String: Found] = [:]
    for result in series.results {
      guard let record = records[result.run], result.outcome != .skipped else { continue }
      let isChanged = record.labels["changed"] != nil
      let key = "\(record.commit ?? "") \(isChanged)"
      var found = all[key] ?? Found(commit: record.commit, isChanged: isChanged)
      let isFailure = result.outcome.isFailing || result.outcome == .passedOnRetry
      found.counts.add(isFailure ? .failed(result.signature) : .passed, of: signature)
      found.newest = [found.newest, record.startedAt].compactMap(\.self).max()
      all[key] = found
    }
    return all.values.max { left, right in
      (isOfRun(left) ? 1 : 0, left.newest?.milliseconds ?? 0) < (
        isOfRun(right) ? 1 : 0, right.newest?.milliseconds ?? 0
      )
    }
  }

  /// Whether it was tried with the very code of the run.
  private func isOfRun(_ found: Found) -> Bool {
    guard !found.isChanged, let own = run.info.commit, let commit = found.commit else { return false }
    return own.hasPrefix(commit) || commit.hasPrefix(own)
  }

  private func standing(_ known: TestStanding, with found: Found) -> TestStanding {
    var standing = known
    let sentence = RerunWords.sentence(found.counts)
    standing.verdict.why.append("rerun \(place(found)): \(sentence)")
    guard isOfRun(found), isSameFailure(found.counts), found.counts.passed > 0,
      [.new, .unknown].contains(known.verdict.label)
    else {
      return standing
    }
    standing.verdict.label = .flaky
    standing.verdict.rate = Wilson.rate(found.counts.failed, of: found.counts.told)
    standing.verdict.why.insert(standing.verdict.why.removeLast(), at: 0)
    standing.verdict.flips = ["it is \(known.verdict.label.rawValue) by the runs of CI alone"]
    standing.since = nil
    return standing
  }

  /// Whether what failed here is what is asked about: it said the same, or it says another thing nearly every time.
  private func isSameFailure(_ counts: RerunCounts) -> Bool {
    if counts.failed > counts.otherwise { return true }
    let keys = counts.outcomes.compactMap { if case .failed(let key?) = $0 { key } else { nil } }
    return keys.count > 2 && Set(keys).count * 2 > keys.count
  }

  private func place(_ found: Found) -> String {
    let commit = found.commit.map { "at \($0.prefix(7))" } ?? "here"
    if isOfRun(found) { return "at the run's commit" }
    return found.isChanged
      ? "\(commit) with local changes" : run.info.commit == nil ? commit : "\(commit), not the run's commit"
  }
}
