internal import RunHistory
internal import TriageModel
internal import Workspace

/// M9: the commits with a golden change, of those that were tested: what the ledger says was approved, and what waits in
/// the run that is open.
struct GoldenChangeMeasure: HealthMeasure {
  let kind = HealthKind.goldenChanges

  /// The changes of a commit.
  private struct Changes {
    var goldens: Set<GoldenLocation> = []
    var waiting = 0
  }

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    let commits = commits(evidence.runs)
    if commits.isEmpty { return evidence.unknown(kind, evidence.flaw ?? "no run of the window names its commit") }
    guard let repository = evidence.sources.repository else {
      return evidence.unknown(kind, "the repository with its ledger of decisions is not here")
    }
    let ledger: Approvals
    do { ledger = try Approvals(repository) } catch {
      return evidence.unknown(kind, "could not read \(Ledger.approvals.path): \(error)")
    }
    if ledger.entries.isEmpty, ledger.damages.isEmpty {
      return evidence.unknown(kind, "no decision on a golden was ever kept in \(Ledger.approvals.path)")
    }
    if !ledger.damages.isEmpty {
      let count = CountText.of(ledger.damages.count, "line")
      return evidence.unknown(kind, "\(Ledger.approvals.path) has \(count) that no decision is")
    }
    var changes: [String: Changes] = [:]
    for entry in ledger.standing where entry.line.decision == .approve {
      guard let commit = entry.line.commit, commits.contains(commit) else { continue }
      changes[commit, default: Changes()].goldens.insert(entry.line.location)
    }
    if let waiting = evidence.sources.waiting, let commit = waiting.commit, commits.contains(commit),
      !waiting.goldens.isEmpty
    {
      changes[commit, default: Changes()].goldens.formUnion(waiting.goldens)
      changes[commit]?.waiting = waiting.goldens.count
    }
    return figure(evidence, commits, changes)
  }

  private func figure(_ evidence: HealthEvidence, _ commits: [String], _ changes: [String: Changes]) -> HealthFigure {
    var figure = evidence.figure(kind, Double(changes.count) / Double(commits.count))
    figure.facts = [
      .init("made of", "\(CountText.of(changes.count)) of \(CountText.of(commits.count, "commit")) changed a golden"),
      .init("goldens", CountText.of(changes.values.reduce(0) { $0 + $1.goldens.count }, "change")),
    ]
    let waiting = changes.values.reduce(0) { $0 + $1.waiting }
    let open =
      evidence.sources.waiting == nil ? "unknown: no run is open" : "\(CountText.of(waiting)) in the run that is open"
    figure.facts.append(.init("waiting", open))
    let times = Dictionary(evidence.runs.compactMap { run in run.record.commit.map { ($0, run.record.startedAt) } }) {
      first, _ in first
    }
    figure.points = commits.map { commit in
      .init(
        label: String(commit.prefix(7)), time: times[commit] ?? nil,
        number: changes[commit] == nil ? 0 : 1)
    }
    figure.parts = commits.reversed().flatMap { commit in
      (changes[commit]?.goldens ?? []).sorted { "\($0)" < "\($1)" }.map { place in
        HealthFigure.Part("\(place)", "at \(commit.prefix(7))", .golden(place))
      }
    }.prefix(50).map(\.self)
    return figure
  }

  /// The commits of the window, by the first run of each.
  private func commits(_ runs: ArraySlice<HealthRun>) -> [String] {
    var seen: Set<String> = []
    return runs.compactMap(\.record.commit).filter { seen.insert($0).inserted }
  }
}
