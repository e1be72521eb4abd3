internal import GRDB
internal import TriageModel

/// The names of legs, read when they are first met: there may be far more than a question needs.
final class LegNames {
  private struct Place: Hashable {
    var run: Int64
    var leg: Int64
  }

  private let database: Database
  private let cursor: Cursor
  /// Whether legs are named with all their labels, as they are kept, or by what tells them apart.
  private let isWhole: Bool
  private var labels: (run: Int64, labels: [String: String]) = (-1, [:])
  private var names: [Int64: LegName] = [:]
  private var known: [Place: String] = [:]
  private var last: (place: Place, name: String)?

  init(_ database: Database, isWhole: Bool = false) throws {
    self.database = database
    self.isWhole = isWhole
    cursor = try Cursor(database, "SELECT name FROM legs WHERE id = ?")
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
    let name: String
    if let found = known[place] {
      name = found
    } else {
      let leg = try self.leg(leg)
      name = isWhole ? leg.text : leg.shown(besides: try runLabels(run))
      known[place] = name
    }
    last = (place, name)
    return name
  }

  private func runLabels(_ run: Int64) throws -> [String: String] {
    if labels.run != run { labels = (run, try RunWriter.labels(of: run, database)) }
    return labels.labels
  }

  private func leg(_ number: Int64) throws -> LegName {
    if let name = names[number] { return name }
    cursor.bind(1, number)
    defer { cursor.reset() }
    let name = LegName(text: try cursor.next() ? cursor.text(0) : "")
    names[number] = name
    return name
  }
}
