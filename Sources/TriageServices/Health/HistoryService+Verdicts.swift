internal import RunHistory
internal import TriageModel

extension HistoryService {
  /// Failures of a run whose verdicts are kept: of more, nobody acts on each.
  private static let mostKept = 2000

  /// What the failures of a run that is being added are called now, by stable name, as long as it is the newest of its
  /// stream: a verdict that knows what came later is no forecast, and says nothing of how often one is right.
  func verdictsToKeep(
    on run: Run, _ signatures: FailureSignatures
  ) throws(HistoryError) -> [String: Verdict.Label] {
    let failing = run.testsOfNote.filter { run.table.outcome(of: $0).isFailing && run.table.kind(of: $0).isOfTests }
    guard !failing.isEmpty, failing.count <= Self.mostKept else { return [:] }
    let runs = try store.runs(of: repository)
    let record = RunRecord(run)
    let newest = runs.first { $0.stream == record.stream }
    if let own = runs.first(where: { $0.identity == run.info.identity }) {
      guard newest?.key == own.key, try store.verdicts(of: [own.key]).isEmpty else { return [:] }
    } else if let newest = newest?.startedAt, record.startedAt.map({ $0 < newest }) ?? true {
      return [:]
    }
    let standings = try standings(of: failing, in: run, signatures)
    var verdicts: [String: Verdict.Label] = [:]
    for test in failing {
      // The first run of all has nothing to be judged by; added once more it would be called so too.
      guard let label = standings[test]?.verdict.label ?? (runs.isEmpty ? .unknown : nil) else { continue }
      verdicts[StableName.of(run.table.id(of: test))] = label
    }
    return verdicts
  }

  /// What the failures of some runs were called when they were judged first.
  func verdicts(of runs: [RunKey]) throws(HistoryError) -> [KeptVerdict] { try store.verdicts(of: runs) }
}
