internal import GRDB
package import TriageModel

extension HistoryStore {
  /// What one test did in the runs of a filter, oldest first; empty for a test that is not known.
  package func series(
    of test: String, in repository: String, _ filter: HistoryFilter = .init()
  ) throws(HistoryError) -> TestSeries {
    try series(of: [test], in: repository, filter).first ?? TestSeries(test: StableName.of(test), results: [])
  }

  /// What each of some tests did in the runs of a filter, in the order of the names, oldest result first.
  ///
  /// A few tests are looked up run by run; for many, the runs are read whole: what costs less.
  package func series(
    of tests: [String], in repository: String, _ filter: HistoryFilter = .init()
  ) throws(HistoryError) -> [TestSeries] {
    try read { database in
      let runs = try Self.runs(of: repository, filter, in: database)
      let ids = try Self.numbers(of: tests, in: repository, database)
      var series = tests.map { TestSeries(test: StableName.of($0), results: []) }
      var places: [Int64: Int] = [:]
      for (place, id) in ids.enumerated() where id != 0 { places[id] = place }
      let all = runs.reduce(0) { $0 + $1.counts.total }
      let reader = try ResultReader(database)
      for run in runs.reversed() {
        if tests.count * max(1, runs.count) * 8 > all {
          try reader.read(run: run.number) { test, result in
            if let place = places[test] { series[place].results.append(result) }
          }
        } else {
          for (id, place) in places {
            try reader.read(run: run.number, test: id) { series[place].results.append($0) }
          }
        }
      }
      return series
    }
  }

  /// The results of one run: each test's stable name and how it ended, in the order of the names.
  package func results(ofRun run: Int64) throws(HistoryError) -> [(test: String, result: ResultRecord)] {
    try read { database in
      var rows: [(Int64, ResultRecord)] = []
      try ResultReader(database).read(run: run) { rows.append(($0, $1)) }
      let names = try Self.names(of: rows.map(\.0), in: database)
      return rows.map { (names[$0.0] ?? "", $0.1) }.sorted { ($0.0, $0.1.leg) < ($1.0, $1.1.leg) }
    }
  }

  /// The numbers of tests by their names; 0 for those that are not known.
  static func numbers(of tests: [String], in repository: String, _ database: Database) throws -> [Int64] {
    let repository = try number(ofRepository: repository, in: database)
    let cursor = try Cursor(database, "SELECT id FROM tests WHERE hash = ?")
    return try tests.map { test in
      var name = StableName.of(test)
      let hash = name.withUTF8 { bytes in
        var hash = NameHash(seed: repository)
        hash.add(UnsafeRawBufferPointer(bytes))
        return hash.value
      }
      cursor.bind(1, hash)
      defer { cursor.reset() }
      return try cursor.next() ? cursor.int(0) : 0
    }
  }

  static func names(of tests: [Int64], in database: Database) throws -> [Int64: String] {
    let cursor = try Cursor(database, "SELECT name FROM tests WHERE id = ?")
    var names: [Int64: String] = [:]
    names.reserveCapacity(tests.count)
    for test in tests where names[test] == nil {
      cursor.bind(1, test)
      if try cursor.next() { names[test] = cursor.text(0) }
      cursor.reset()
    }
    return names
  }
}

/// Reads results of runs with statements that stay prepared.
struct ResultReader {
  private static let columns = "test, leg, outcome, attempts, duration, signature"
  private let ofRun: Cursor
  private let ofTest: Cursor
  private let legs: [Int64: String]

  init(_ database: Database) throws {
    ofRun = try Cursor(database, "SELECT \(Self.columns) FROM results WHERE run = ? ORDER BY test, leg")
    ofTest = try Cursor(database, "SELECT \(Self.columns) FROM results WHERE run = ? AND test = ? ORDER BY leg")
    var legs: [Int64: String] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT id, name FROM legs") { legs[row["id"]] = row["name"] as String }
    self.legs = legs
  }

  /// Calls `body` with each result of a run, in order of test number and leg.
  func read(run: Int64, _ body: (Int64, ResultRecord) -> Void) throws {
    ofRun.bind(1, run)
    defer { ofRun.reset() }
    while try ofRun.next() { body(ofRun.int(0), record(run, ofRun)) }
  }

  /// Calls `body` with each result of a test in a run.
  func read(run: Int64, test: Int64, _ body: (ResultRecord) -> Void) throws {
    ofTest.bind(1, run)
    ofTest.bind(2, test)
    defer { ofTest.reset() }
    while try ofTest.next() { body(record(run, ofTest)) }
  }

  /// The results of a run as they are stored, in order of test number and leg.
  func stored(run: Int64) throws -> [StoredResult] {
    ofRun.bind(1, run)
    defer { ofRun.reset() }
    var rows: [StoredResult] = []
    while try ofRun.next() { rows.append(StoredResult(ofRun)) }
    return rows
  }

  /// A stored result as others see it.
  func record(_ run: Int64, _ result: StoredResult) -> ResultRecord {
    ResultRecord(
      run: run, outcome: result.outcome, attempts: AttemptPack.unpack(result.attempts, of: result.outcome),
      duration: result.duration.map { Double($0) / 10_000 },
      signature: result.signature.map { SignatureKey(UInt64(bitPattern: $0)) }, leg: legs[result.leg] ?? "")
  }

  private func record(_ run: Int64, _ cursor: Cursor) -> ResultRecord { record(run, StoredResult(cursor)) }
}
