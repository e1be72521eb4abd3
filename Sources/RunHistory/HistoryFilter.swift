package import TriageModel

/// Which runs a question is about.
package struct HistoryFilter: Hashable, Sendable {
  /// How far back.
  package var window = HistoryWindow.all
  /// Only runs of this branch.
  package var branch: String?
  /// Only runs with all of these labels.
  package var labels: [String: String] = [:]
  /// At most this many runs, the newest.
  package var limit: Int?
  /// Only runs up to this one in time: what was known then.
  package var upTo: RunKey?

  /// All runs.
  package init() {}

  /// The newest runs of a window.
  package init(_ window: HistoryWindow, limit: Int? = nil) {
    self.window = window
    self.limit = limit
  }

  /// The same window of all branches and jobs: the runs that speak for those that are meant.
  package var ofAllStreams: HistoryFilter {
    var filter = self
    filter.branch = nil
    filter.labels = [:]
    return filter
  }
}
