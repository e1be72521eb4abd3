package import TriageModel

extension GoldenFinder {
  /// What tests produced without any report: a run all the same when it changes goldens; nil when it does not.
  package func loadWithoutReports(_ request: LoadRequest) -> LoadedRuns? {
    var request = request
    request.takesAnyFile = true
    guard let loaded = try? RunLoader.load(request), loaded.runs.contains(where: changesGoldens) else { return nil }
    return loaded
  }

  /// Whether a run alone changes goldens.
  package func changesGoldens(_ run: Run) -> Bool { !survey(run, others: []).changes.isEmpty }
}
