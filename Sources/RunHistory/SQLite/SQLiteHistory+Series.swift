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
      try reader.read(places.keys.sorted()) { id, results in
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
      var name = test
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
