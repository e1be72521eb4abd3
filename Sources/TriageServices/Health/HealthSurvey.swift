package import RunHistory
package import TriageModel

/// Counts the service-level figures of a repository.
package struct HealthSurvey {
  private let service: HistoryService
  private let sources: HealthSources

  /// A survey of a history and what lies beside it.
  package init(_ service: HistoryService, _ sources: HealthSources) {
    self.service = service
    self.sources = sources
  }

  /// The figures over the runs of a filter; nil when it stopped because nobody wants them any more.
  package func report(
    of filter: HistoryFilter, isWanted: () -> Bool = { true }
  ) throws(HistoryError) -> HealthReport? {
    var report = HealthReport(window: filter.window)
    guard let evidence = try HealthEvidence(service, sources, filter, isWanted: isWanted) else { return nil }
    report.stream = evidence.stream
    report.runs = evidence.runs.count
    report.incomplete = evidence.runs.count { !$0.isWhole }
    report.otherRuns = evidence.otherRuns
    report.newest = evidence.newest?.record
    report.remarks = evidence.remarks + sources.records.problems
    if evidence.runs.isEmpty {
      report.problem = "no run is in the history: assay ingest PATH… adds some"
    }
    for measure in HealthFigures.all {
      if !isWanted() { return nil }
      report.figures.append(try measure.figure(of: evidence))
    }
    return report
  }
}
