internal import GRDB
package import TriageModel

extension HistoryStore {
  /// Compares a run with an earlier one, test by test and leg by leg.
  ///
  /// - Parameters:
  ///   - limit: Tests of a fate that are named; of more, the earliest known, and the slowest of the slower.
  ///   - isWanted: Whether a test counts, by its stable name; all do without it.
  package func compare(
    _ before: Int64, _ after: Int64, limit: Int = RunComparison.most, where isWanted: ((String) -> Bool)? = nil
  ) throws(HistoryError) -> RunComparison {
    try read { database in
      var join = try RunJoin(database, before, after, limit: limit)
      try join.walk(isWanted)
      return try join.comparison()
    }
  }
}

/// Two runs side by side, both in order of test and leg: each is read once, and what ended well in both is let go.
private struct RunJoin {
  private typealias Pair = (before: StoredResult?, after: StoredResult?)

  private let runs: (before: Int64, after: Int64)
  private let limit: Int
  private var left: LegRows
  private var right: LegRows
  private let names: Cursor
  private let legs: LegNames
  private var pairs: [RunComparison.Fate: [Pair]] = [:]
  private var counts: [RunComparison.Fate: Int] = [:]

  init(_ database: Database, _ before: Int64, _ after: Int64, limit: Int) throws {
    runs = (before, after)
    self.limit = max(0, limit)
    legs = try LegNames(database)
    left = try LegRows(database, before, legs)
    right = try LegRows(database, after, legs)
    names = try Cursor(database, "SELECT name FROM tests WHERE id = ?")
  }

  mutating func walk(_ isWanted: ((String) -> Bool)?) throws {
    var (one, two) = (try left.next(), try right.next())
    while one != nil || two != nil {
      let order = Self.order(one, two)
      let pair: Pair = (order <= 0 ? one?.result : nil, order >= 0 ? two?.result : nil)
      for fate in RunComparison.Fate.allCases where Self.has(fate, pair) {
        if let isWanted, !isWanted(try name(of: pair)) { break }
        keep(pair, fate)
      }
      if order <= 0 { one = try left.next() }
      if order >= 0 { two = try right.next() }
    }
  }

  private mutating func keep(_ pair: Pair, _ fate: RunComparison.Fate) {
    counts[fate, default: 0] += 1
    let held = pairs[fate]?.count ?? 0
    if fate != .slower {
      if held < limit { pairs[fate, default: []].append(pair) }
      return
    }
    pairs[fate, default: []].append(pair)
    // The slowest are known only at the end: now and then the others are let go.
    if held > limit.multipliedReportingOverflow(by: 2).partialValue + 1000, limit < 1 << 32 { cutSlower() }
  }

  private mutating func cutSlower() {
    pairs[.slower]?.sort { (Self.gain($1), $0.after?.test ?? 0) < (Self.gain($0), $1.after?.test ?? 0) }
    pairs[.slower] = pairs[.slower].map { Array($0.prefix(limit)) }
  }

  mutating func comparison() throws -> RunComparison {
    cutSlower()
    var comparison = RunComparison()
    for (fate, pairs) in pairs {
      let items = try pairs.map { pair in
        RunComparison.Item(
          test: try name(of: pair), before: try pair.before.map { try legs.record(runs.before, $0) },
          after: try pair.after.map { try legs.record(runs.after, $0) })
      }
      comparison[fate] =
        fate == .slower
        ? items : items.sorted { ($0.test, $0.after?.leg ?? "") < ($1.test, $1.after?.leg ?? "") }
      let rest = (counts[fate] ?? 0) - items.count
      if rest > 0 { comparison.unlisted[fate] = rest }
    }
    return comparison
  }

  private func name(of pair: Pair) throws -> String {
    names.bind(1, pair.after?.test ?? pair.before?.test)
    defer { names.reset() }
    return try names.next() ? names.text(0) : ""
  }

  private static func order(_ left: LegRow?, _ right: LegRow?) -> Int {
    guard let left else { return 1 }
    guard let right else { return -1 }
    if left.result.test != right.result.test { return left.result.test < right.result.test ? -1 : 1 }
    return left.leg == right.leg ? 0 : left.leg < right.leg ? -1 : 1
  }

  private static func has(_ fate: RunComparison.Fate, _ pair: Pair) -> Bool {
    let failed = pair.before?.outcome.isFailing ?? false
    let fails = pair.after?.outcome.isFailing ?? false
    return switch fate {
    case .newlyFailing: fails && !failed
    case .fixed: failed && pair.after?.outcome.isPass ?? false
    case .nowSkipped: failed && !fails && pair.after?.outcome.isPass == false
    case .stillFailing: failed && fails
    case .added: pair.before == nil
    case .vanished: pair.after == nil
    case .slower: isSlower(pair)
    }
  }

  private static func isSlower(_ pair: Pair) -> Bool {
    guard let old = pair.before?.duration, let new = pair.after?.duration else { return false }
    return gain(pair) >= 5000 && new / 2 >= old
  }

  /// Tenths of milliseconds that it took longer; stored durations are below 10¹³ each.
  private static func gain(_ pair: Pair) -> Int64 { (pair.after?.duration ?? 0) &- (pair.before?.duration ?? 0) }
}

/// A result, and what its leg is called in its run.
private struct LegRow {
  var result: StoredResult
  var leg: String
}

/// The results of a run in order of test and of the legs' names: two runs of other jobs are compared leg by leg.
private struct LegRows {
  private let cursor: ResultCursor
  private let run: Int64
  private let legs: LegNames
  private var ahead: StoredResult?
  private var waiting: [LegRow] = []

  init(_ database: Database, _ run: Int64, _ legs: LegNames) throws {
    self.run = run
    self.legs = legs
    cursor = try ResultCursor(database)
    cursor.begin(run)
    ahead = try cursor.next()
  }

  mutating func next() throws -> LegRow? {
    if let row = waiting.popLast() { return row }
    guard let first = ahead else { return nil }
    ahead = try cursor.next()
    let row = LegRow(result: first, leg: try legs.shown(first.leg, in: run))
    guard ahead?.test == first.test else { return row }
    waiting.append(row)
    while let other = ahead, other.test == first.test {
      waiting.append(LegRow(result: other, leg: try legs.shown(other.leg, in: run)))
      ahead = try cursor.next()
    }
    waiting.sort { ($1.leg, $1.result.leg) < ($0.leg, $0.result.leg) }
    return waiting.popLast()
  }
}
