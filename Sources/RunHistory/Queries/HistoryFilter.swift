/// How far back a question looks; windows count back from the newest run, not from the clock.
package enum HistoryWindow: Hashable, Sendable {
  case days(Int)
  case all

  /// The windows that a screen goes through.
  package static let steps: [HistoryWindow] = [.days(7), .days(30), .days(90), .days(180), .all]

  /// `30 days`, `all runs`.
  package var words: String {
    switch self {
    case .days(let days): days == 1 ? "1 day" : "\(days) days"
    case .all: "all runs"
    }
  }
}

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
  package var upTo: Int64?

  /// All runs.
  package init() {}

  /// The newest runs of a window.
  package init(_ window: HistoryWindow, limit: Int? = nil) {
    self.window = window
    self.limit = limit
  }
}
