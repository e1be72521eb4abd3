package import TriageModel

/// All runs of a history in the order of time, with what is true of a run as a whole.
///
/// The order comes from what the runs say of themselves (start, source, id, attempt), never from the order in which they
/// were added. Runs without a time come first: they explain, but are never called the newest.
package struct RunTimeline: Sendable {
  /// The runs, oldest first.
  package let runs: [RunRecord]
  /// The figures that are used.
  package let thresholds: Thresholds
  private let places: [Int64: Int]
  private let commits: [Int?]
  private let isMass: [Bool]
  private let isBurst: [Bool]
  private let neighbours: [Neighbours?]

  /// The runs beside a run that are no mass failures.
  struct Neighbours: Equatable {
    var before: Int
    var after: Int
  }

  /// The timeline of some runs, given in any order.
  package init(_ runs: [RunRecord], thresholds: Thresholds = .standard) {
    let ordered = runs.sorted(by: Self.isOlder)
    self.runs = ordered
    self.thresholds = thresholds
    places = Dictionary(ordered.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    var numbers: [String: Int] = [:]
    commits = ordered.map { run in
      guard let commit = run.commit, !commit.isEmpty else { return nil }
      let number = numbers[commit] ?? numbers.count
      numbers[commit] = number
      return number
    }
    isMass = ordered.map { Self.isMass($0.counts, thresholds) }
    let neighbours = Self.neighbours(isMass)
    self.neighbours = neighbours
    isBurst = ordered.indices.map { Self.isBurst(ordered, $0, neighbours[$0], thresholds) }
  }

  /// The place of a run in the order; nil when it is not one of these.
  package func place(of run: Int64) -> Int? { places[run] }

  /// Whether so many of the run's tests failed that it says little of any one of them.
  package func isMassFailure(at place: Int) -> Bool { isMass[place] }

  /// Whether it failed far more than the runs before and after it.
  func isBurst(at place: Int) -> Bool { isBurst[place] }

  /// The runs beside it that are no mass failures; nil at either end.
  func neighbours(of place: Int) -> Neighbours? { neighbours[place] }

  /// A number for the run's commit; nil when it names none.
  func commit(at place: Int) -> Int? { commits[place] }

  /// Days from one run to another; nil when either has no time.
  func days(from earlier: Int, to later: Int) -> Double? {
    guard let start = runs[earlier].startedAt, let end = runs[later].startedAt else { return nil }
    return (Double(end.milliseconds) - Double(start.milliseconds)) / 86_400_000
  }

  /// What people call the run at a place.
  func name(at place: Int) -> String { runs[place].identity.id }

  private static func isOlder(_ left: RunRecord, _ right: RunRecord) -> Bool {
    let times = (left.startedAt?.milliseconds ?? .min, right.startedAt?.milliseconds ?? .min)
    if times.0 != times.1 { return times.0 < times.1 }
    let (one, two) = (left.identity, right.identity)
    if one.id != two.id {
      // Ids are mostly counters, which sort by length first.
      if one.id.utf8.count != two.id.utf8.count { return one.id.utf8.count < two.id.utf8.count }
      return one.id < two.id
    }
    return (one.source, one.attempt) < (two.source, two.attempt)
  }

  private static func isMass(_ counts: OutcomeCounts, _ thresholds: Thresholds) -> Bool {
    let executed = counts.total - counts[.skipped] - counts[.expectedFailure]
    return executed >= thresholds.massFailureTests
      && Double(counts.failing) >= thresholds.massFailureShare * Double(executed)
  }

  private static func neighbours(_ isMass: [Bool]) -> [Neighbours?] {
    var before: [Int?] = []
    var last: Int?
    for place in isMass.indices {
      before.append(last)
      if !isMass[place] { last = place }
    }
    var found = [Neighbours?](repeating: nil, count: isMass.count)
    last = nil
    for place in isMass.indices.reversed() {
      if let before = before[place], let last { found[place] = Neighbours(before: before, after: last) }
      if !isMass[place] { last = place }
    }
    return found
  }

  private static func isBurst(
    _ runs: [RunRecord], _ place: Int, _ neighbours: Neighbours?, _ thresholds: Thresholds
  ) -> Bool {
    let failing = runs[place].counts.failing
    guard let neighbours, failing >= thresholds.infraFailures else { return false }
    return [neighbours.before, neighbours.after].allSatisfy {
      let beside = Double(runs[$0].counts.failing)
      let more = Double(failing) - beside
      return beside < thresholds.infraNeighbourShare * Double(failing)
        || more >= Double(thresholds.infraFailures) && more >= thresholds.infraDeviations * beside.squareRoot()
    }
  }
}
