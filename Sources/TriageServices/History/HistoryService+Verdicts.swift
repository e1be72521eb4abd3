internal import FailureAnalysis
package import RunHistory
package import TriageModel

extension HistoryService {
  /// The verdict on a test's newest result, stream by stream; nil when it has none.
  ///
  /// - Parameters:
  ///   - series: What it did in the runs of the window, whatever their branch and labels.
  ///   - filter: The runs that are spoken of; those of other branches speak for them all the same.
  package func verdict(on series: TestSeries, _ filter: HistoryFilter = .init()) throws(HistoryError) -> Verdict? {
    let judge = try judge(among: store.runs(of: repository, filter.ofAllStreams))
    var finder = InfraFinder(self, judge.timeline.runs)
    let wanted = try wanted(filter)
    return judge.judgeNewest(series, given: finder.given(series)) { wanted?.contains($0) ?? true }.verdict
  }

  /// The runs that a filter speaks of; nil for all of its window.
  func wanted(_ filter: HistoryFilter) throws(HistoryError) -> Set<RunKey>? {
    if filter.branch == nil, filter.labels.isEmpty { return nil }
    return Set(try store.runs(of: repository, filter).map(\.key))
  }
}
