internal import TriageModel

/// The names of legs, read when they are first met: there may be far more than a question needs.
final class LegNames {
  private struct Place: Hashable {
    var run: Int64
    var leg: Int64
  }

  /// Whether legs are named with all their labels, as they are kept, or by what tells them apart.
  private let isWhole: Bool
  private let name: (Int64) throws -> LegName
  private let labels: (Int64) throws -> [String: String]
  private var ofRun: (run: Int64, labels: [String: String]) = (-1, [:])
  private var known: [Place: String] = [:]
  private var last: (place: Place, name: String)?

  /// - Parameters:
  ///   - name: The leg of a number, as the store keeps it.
  ///   - labels: The labels of a run that all its legs have.
  init(
    isWhole: Bool, name: @escaping (Int64) throws -> LegName, labels: @escaping (Int64) throws -> [String: String]
  ) {
    self.isWhole = isWhole
    self.name = name
    self.labels = labels
  }

  /// A stored result as others see it.
  func record(_ run: Int64, _ result: StoredResult) throws -> ResultRecord {
    result.record(of: RunKey(token: run), leg: try shown(result.leg, in: run))
  }

  /// What a leg is called in a run; empty where it is the run's only one.
  func shown(_ leg: Int64, in run: Int64) throws -> String {
    if leg == 0 { return "" }
    let place = Place(run: run, leg: leg)
    if let last, last.place == place { return last.name }
    let shown: String
    if let found = known[place] {
      shown = found
    } else {
      let leg = try name(leg)
      shown = isWhole ? leg.text : leg.shown(besides: try runLabels(run))
      known[place] = shown
    }
    last = (place, shown)
    return shown
  }

  private func runLabels(_ run: Int64) throws -> [String: String] {
    if ofRun.run != run { ofRun = (run, try labels(run)) }
    return ofRun.labels
  }
}
