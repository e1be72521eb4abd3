internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func eachSeries(
    of tests: [String], in repository: String, _ filter: HistoryFilter, _ body: (Int, TestSeries) -> Void
  ) throws(HistoryError) {
    try read { database in
      let runs = try snapshot(of: repository, in: database).runs(filter).reversed().map(\.key.token)
      let names = tests.map { StableName.of($0) }
      var places: [Int64: [Int]] = [:]
      for (place, id) in try Self.numbers(of: names, in: repository, database).enumerated() {
        if id == 0 {
          body(place, TestSeries(test: names[place], results: []))
        } else {
          places[id, default: []].append(place)
        }
      }
      let reader = try SeriesReader(database, runs: runs)
      let items = try RunWriter.items(of: Self.number(ofRepository: repository, in: database), database)
      try reader.read(places.keys.sorted()) { id, results in
        let results = items[id] == nil ? results : results.map(\.asOfItem)
        for place in places[id] ?? [] { body(place, TestSeries(test: names[place], results: results)) }
      }
    }
  }

  package func results(
    ofRun run: RunKey, isWhole: Bool = false
  ) throws(HistoryError) -> [(test: String, result: ResultRecord)] {
    try read { database in
      var rows: [(Int64, ResultRecord)] = []
      let cursor = try ResultCursor(database)
      let legs = try LegNames(database, isWhole: isWhole)
      cursor.begin(run.token)
      while let result = try cursor.next() { rows.append((result.test, try legs.record(run.token, result))) }
      let names = try Self.names(of: rows.map(\.0), in: database)
      return rows.map { (names[$0.0] ?? "", $0.1) }.sorted { ($0.0, $0.1.leg) < ($1.0, $1.1.leg) }
    }
  }

  /// The numbers of tests by their stable names; 0 for those that are not known.
  static func numbers(of tests: [String], in repository: String, _ database: Database) throws -> [Int64] {
    let repository = try number(ofRepository: repository, in: database)
    let cursor = try Cursor(database, "SELECT id FROM tests WHERE hash = ?")
    return try tests.map { test in
      cursor.bind(1, NameHash.of(test, in: repository))
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

extension SQLiteHistory {
  package func results(
    of test: String, inRun run: RunKey, in repository: String
  ) throws(HistoryError) -> [ResultRecord] {
    try read { database in
      let cursor = try ResultCursor(database, of: .oneTest)
      let legs = try LegNames(database)
      var results: [ResultRecord] = []
      for number in try Self.numbers(of: [StableName.of(test)], in: repository, database) where number != 0 {
        cursor.begin(run.token, number)
        while let result = try cursor.next() { results.append(try legs.record(run.token, result)) }
      }
      return results
    }
  }
}

/// Reads what tests did in runs, some hundred tests at a time: results lie by run and test, so a part of the tests is a
/// part of each run.
struct SeriesReader {
  /// Tests that are read beside one another.
  private static let part = 512
  /// Rows that are passed over in the time that one is looked up.
  private static let rowsOfALookUp = 8

  private let runs: [Int64]
  private let ofTest: ResultCursor
  private let ofRange: ResultCursor
  private let legs: LegNames

  /// A reader of runs, in the order that results are wanted in.
  init(_ database: Database, runs: [Int64]) throws {
    self.runs = runs
    ofTest = try ResultCursor(database, of: .oneTest)
    ofRange = try ResultCursor(database, of: .range)
    legs = try LegNames(database)
  }

  /// Calls `body` with each of some tests, given in order, and its results.
  func read(_ tests: [Int64], _ body: (Int64, [ResultRecord]) -> Void) throws {
    for start in stride(from: 0, to: tests.count, by: Self.part) {
      let part = tests[start..<min(tests.count, start + Self.part)]
      guard let low = part.first, let high = part.last else { return }
      var results = [[ResultRecord]](repeating: [], count: part.count)
      let isDense = Int(high - low) < part.count * Self.rowsOfALookUp
      for run in runs {
        if isDense {
          try addRange(of: run, low, high, part, to: &results)
        } else {
          try addEach(of: run, part, to: &results)
        }
      }
      for (test, results) in zip(part, results) { body(test, results) }
    }
  }

  private func addEach(of run: Int64, _ tests: ArraySlice<Int64>, to results: inout [[ResultRecord]]) throws {
    for (place, test) in tests.enumerated() {
      ofTest.begin(run, test)
      while let result = try ofTest.next() { results[place].append(try legs.record(run, result)) }
    }
  }

  /// Both the tests and the results of a run are in order of the tests' numbers.
  private func addRange(
    of run: Int64, _ low: Int64, _ high: Int64, _ tests: ArraySlice<Int64>, to results: inout [[ResultRecord]]
  ) throws {
    var place = tests.startIndex
    ofRange.begin(run, low, high)
    while let result = try ofRange.next() {
      while tests[place] < result.test { place += 1 }
      if tests[place] == result.test { results[place - tests.startIndex].append(try legs.record(run, result)) }
    }
  }
}
