/// The service-level figures of a repository: what `assay health` prints and the Health screen shows, so that the two
/// cannot disagree.
package struct HealthReport: Sendable, Equatable {
  /// How far back from the newest run.
  package var window: HistoryWindow
  /// The runs that are counted, as people call their stream: `main`; empty where the history has one alone.
  package var stream = ""
  /// How many runs of it are in the window.
  package var runs = 0
  /// Those of them that are incomplete.
  package var incomplete = 0
  /// Runs of the window that are of other streams, and not counted.
  package var otherRuns = 0
  /// The newest run; nil where there is none.
  package var newest: RunRecord?
  /// The figures, by id.
  package var figures: [HealthFigure] = []
  /// What else there is to know, a sentence each: limits that were reached, files that cannot be read.
  package var remarks: [String] = []
  /// Why there is nothing, as a sentence.
  package var problem: String?

  /// No figures yet.
  package init(window: HistoryWindow, problem: String? = nil) {
    self.window = window
    self.problem = problem
  }

  /// The figures as a person reads them: those that want one first.
  package var worstFirst: [HealthFigure] {
    let order = HealthFigure.State.allCases
    return figures.enumerated().sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.element.state) ?? 0 }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }.map(\.element)
  }

  /// How many stand so.
  package func count(_ state: HealthFigure.State) -> Int { figures.count { $0.state == state } }

  /// `main · 40 runs in 90 days, 2 incomplete · 3 runs of other streams are not counted`.
  package var scope: String {
    var parts = [stream, "\(CountText.of(runs, "run")) in \(window.words)"].filter { !$0.isEmpty }
    if incomplete > 0 { parts.append("\(CountText.of(incomplete)) incomplete") }
    if otherRuns > 0 { parts.append("\(CountText.of(otherRuns, "run")) of other streams not counted") }
    return parts.joined(separator: " · ")
  }
}
