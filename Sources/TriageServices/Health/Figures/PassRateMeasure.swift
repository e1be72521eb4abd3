internal import RunHistory
internal import TriageModel

/// M1: the pass rate of each commit, as it is and with flakes set apart.
struct PassRateMeasure: HealthMeasure {
  let kind = HealthKind.passRate

  /// The whole runs of a commit.
  private struct Commit {
    var newest: HealthRun
    var runs = 0
    var passed = 0
    var executed = 0
    var flaky = 0
    var retried = 0

    var rate: Double? { executed > 0 ? Double(passed) / Double(executed) : nil }
    /// The rate of what is no flake.
    var apart: Double? { executed > flaky ? Double(passed) / Double(executed - flaky) : nil }

    mutating func add(_ run: HealthRun) {
      newest = run
      guard run.isWhole else { return }
      runs += 1
      passed += run.passed
      executed += run.executed
      flaky += run.flaky
      retried += run.retried
    }
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let commits = commits(evidence.runs)
    guard let now = commits.last else { return evidence.unknown(kind, evidence.flaw ?? "no run is known") }
    var figure: HealthFigure
    if let flaw = evidence.flaw {
      figure = evidence.unknown(kind, flaw)
    } else if let rate = now.rate {
      figure = evidence.figure(kind, rate)
      let failed = now.executed - now.passed
      figure.facts = [
        .init(
          "made of",
          "\(CountText.of(failed)) failed of \(CountText.of(now.executed, "result")) that ran in "
            + CountText.of(now.runs, "run") + " of \(Self.name(now))")
      ]
      if let apart = now.apart {
        figure.facts.append(
          .init("flakes apart", "\(kind.unit.text(apart)) without \(CountText.of(now.flaky, "flaky failure"))"))
      }
      if now.retried > 0 {
        figure.facts.append(.init("on retry", "\(CountText.of(now.retried)) of those passed only at another attempt"))
      }
    } else {
      figure = evidence.unknown(kind, "no test of \(Self.name(now)) ran")
    }
    figure.points = commits.map { commit in
      .init(label: Self.name(commit), time: commit.newest.record.startedAt, number: commit.rate)
    }
    figure.parts = evidence.runs.reversed().prefix(20).map { run in
      run.part(
        run.isWhole
          ? "\(CountText.of(run.record.counts.failing)) of \(CountText.of(run.executed)) failed" : "incomplete")
    }
    return figure
  }

  private static func name(_ commit: Commit) -> String {
    commit.newest.record.commit.map { String($0.prefix(7)) } ?? commit.newest.name
  }

  /// The commits, by the first run of each; runs that name none stand for themselves.
  private func commits(_ runs: ArraySlice<HealthRun>) -> [Commit] {
    var commits: [Commit] = []
    var places: [String: Int] = [:]
    for run in runs {
      let place = run.record.commit.flatMap { places[$0] } ?? commits.count
      if place == commits.count { commits.append(Commit(newest: run)) }
      if let commit = run.record.commit { places[commit] = place }
      commits[place].add(run)
    }
    // A commit that is run again by the newest run is the one that stands now.
    if let newest = runs.last?.record.commit, let place = places[newest], place < commits.count - 1 {
      commits.append(commits.remove(at: place))
    }
    return commits
  }
}
