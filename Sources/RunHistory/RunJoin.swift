internal import TriageModel

/// Two runs side by side, both in order of test and leg: each is read once, and what ended well in both is let go.
struct RunJoin {
  private typealias Pair = (before: LegRow?, after: LegRow?)

  private let limit: Int
  private var left: LegRows
  private var right: LegRows
  private let name: (Int64) throws -> String
  private var pairs: [RunComparison.Fate: [Pair]] = [:]
  private var counts: [RunComparison.Fate: Int] = [:]

  /// - Parameter name: The name of a test of the store.
  init(_ before: RunSide, _ after: RunSide, limit: Int, name: @escaping (Int64) throws -> String) throws {
    self.limit = max(0, limit)
    self.name = name
    left = try LegRows(before)
    right = try LegRows(after)
  }

  mutating func walk(_ isWanted: ((String) -> Bool)?) throws {
    var (one, two) = (try left.next(), try right.next())
    while one != nil || two != nil {
      let order = Self.order(one, two)
      let pair: Pair = (order <= 0 ? one : nil, order >= 0 ? two : nil)
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
    pairs[.slower]?.sort { (Self.gain($1), $0.after?.result.test ?? 0) < (Self.gain($0), $1.after?.result.test ?? 0) }
    pairs[.slower] = pairs[.slower].map { Array($0.prefix(limit)) }
  }

  mutating func comparison() throws -> RunComparison {
    cutSlower()
    var comparison = RunComparison()
    for (fate, pairs) in pairs {
      let items = try pairs.map { pair in
        RunComparison.Item(
          test: try name(of: pair), before: pair.before.map { $0.result.record(of: left.run, leg: $0.leg) },
          after: pair.after.map { $0.result.record(of: right.run, leg: $0.leg) })
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
    try name((pair.after ?? pair.before)?.result.test ?? 0)
  }

  private static func order(_ left: LegRow?, _ right: LegRow?) -> Int {
    guard let left else { return 1 }
    guard let right else { return -1 }
    if left.result.test != right.result.test { return left.result.test < right.result.test ? -1 : 1 }
    return left.leg == right.leg ? 0 : left.leg < right.leg ? -1 : 1
  }

  private static func has(_ fate: RunComparison.Fate, _ pair: Pair) -> Bool {
    let failed = pair.before?.result.outcome.isFailing ?? false
    let fails = pair.after?.result.outcome.isFailing ?? false
    return switch fate {
    case .newlyFailing: fails && !failed
    case .fixed: failed && pair.after?.result.outcome.isPass ?? false
    case .nowSkipped: failed && !fails && pair.after?.result.outcome.isPass == false
    case .stillFailing: failed && fails
    case .added: pair.before == nil
    case .vanished: pair.after == nil
    case .slower: isSlower(pair)
    }
  }

  private static func isSlower(_ pair: Pair) -> Bool {
    guard let old = pair.before?.result.duration, let new = pair.after?.result.duration else { return false }
    return gain(pair) >= 5000 && new / 2 >= old
  }

  /// Tenths of milliseconds that it took longer; stored durations are below 10¹³ each.
  private static func gain(_ pair: Pair) -> Int64 {
    (pair.after?.result.duration ?? 0) &- (pair.before?.result.duration ?? 0)
  }
}

/// One of two runs that are compared, as a store reads it.
struct RunSide {
  let run: RunKey
  /// Gives the next result, in order of test and leg; nil at the end.
  let next: () throws -> StoredResult?
  /// Says what a leg of the run is called.
  let legName: (Int64) throws -> String
}

/// A result, and what its leg is called in its run.
private struct LegRow {
  var result: StoredResult
  var leg: String
}

/// The results of a run in order of test and of the legs' names: two runs of other jobs are compared leg by leg.
private struct LegRows {
  private let side: RunSide
  private var ahead: StoredResult?
  private var waiting: [LegRow] = []

  init(_ side: RunSide) throws {
    self.side = side
    ahead = try side.next()
  }

  var run: RunKey { side.run }

  mutating func next() throws -> LegRow? {
    if let row = waiting.popLast() { return row }
    guard let first = ahead else { return nil }
    ahead = try side.next()
    let row = LegRow(result: first, leg: try side.legName(first.leg))
    guard ahead?.test == first.test else { return row }
    waiting.append(row)
    while let other = ahead, other.test == first.test {
      waiting.append(LegRow(result: other, leg: try side.legName(other.leg)))
      ahead = try side.next()
    }
    waiting.sort { ($1.leg, $1.result.leg) < ($0.leg, $0.result.leg) }
    return waiting.popLast()
  }
}
