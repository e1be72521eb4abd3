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
