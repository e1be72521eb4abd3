package import TriageModel

extension PostgresHistory {
  package func eachSeries(
    of tests: [String], in repository: String, _ filter: HistoryFilter, _ body: (Int, TestSeries) -> Void
  ) throws(HistoryError) {
    try read { link in
      let runs = try snapshot(of: repository, link).runs(filter)
      let names = tests.map { StableName.of($0) }
      let known = try Self.tests(names, in: repository, link)
      var places: [Int64: [Int]] = [:]
      for (place, test) in known.enumerated() {
        if let test {
          places[test.number, default: []].append(place)
        } else {
          body(place, TestSeries(test: names[place], results: []))
        }
      }
      let items = Set(known.compactMap { $0.flatMap { $0.isItem ? $0.number : nil } })
      let reader = PostgresSeries(link, runs: runs.reversed().map(\.key.token), legs: legNames(link, runs: runs))
      try reader.read(places.keys.sorted()) { test, results in
        let results = items.contains(test) ? results.map(\.asOfItem) : results
        for place in places[test] ?? [] { body(place, TestSeries(test: names[place], results: results)) }
      }
    }
  }

  package func results(
    ofRun run: RunKey, isWhole: Bool
  ) throws(HistoryError) -> [(test: String, result: ResultRecord)] {
    try read { link in
      let pages = ResultPages(link, of: run.token)
      let legs = legNames(link, isWhole: isWhole)
      var rows: [(Int64, ResultRecord)] = []
      while let result = try pages.next() { rows.append((result.test, try legs.record(run.token, result))) }
      let names = try Self.names(ofRun: run.token, link)
      return rows.map { (names[$0.0] ?? "", $0.1) }.sorted { ($0.0, $0.1.leg) < ($1.0, $1.1.leg) }
    }
  }

  package func results(
    of test: String, inRun run: RunKey, in repository: String
  ) throws(HistoryError) -> [ResultRecord] {
    try read { link in
      guard let test = try Self.tests([StableName.of(test)], in: repository, link).first ?? nil else { return [] }
      let legs = legNames(link)
      return try link.ask(
        "SELECT \(StoredResult.columns) FROM results WHERE run = $1 AND test = $2 ORDER BY leg", .int(run.token),
        .int(test.number)
      ).map { try legs.record(run.token, StoredResult($0)) }
    }
  }

  package func keys(of tests: [String], in repository: String) throws(HistoryError) -> [TestKey?] {
    try read { link in
      try Self.tests(tests.map { StableName.of($0) }, in: repository, link)
        .map { $0.map { TestKey(token: $0.number) } }
    }
  }

  /// A test as it is found by its name.
  struct FoundTest {
    var number: Int64
    /// Whether it is no test but another item.
    var isItem: Bool
  }

  /// Tests by their stable names; nil for those that are not known.
  static func tests(_ names: [String], in repository: String, _ link: PostgresLink) throws -> [FoundTest?] {
    guard let repository = try number(ofRepository: repository, link) else { return names.map { _ in nil } }
    let hashes = names.map { NameHash.of($0, in: repository) }
    var found: [Int64: FoundTest] = [:]
    for start in stride(from: 0, to: hashes.count, by: 20_000) {
      let rows = try link.ask(
        "SELECT hash, id, kind IS NOT NULL FROM tests WHERE repository = $1 AND hash = ANY($2)", .int(repository),
        .ints(Array(hashes[start..<min(hashes.count, start + 20_000)])))
      for row in rows { found[row.int(0)] = FoundTest(number: row.int(1), isItem: row.int(2) != 0) }
    }
    return hashes.map { found[$0] }
  }

  /// The names of the tests of a run.
  private static func names(ofRun run: Int64, _ link: PostgresLink) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    var last: Int64 = -1
    while true {
      let rows = try link.ask(
        """
        SELECT id, name FROM tests
        WHERE id IN (SELECT DISTINCT test FROM results WHERE run = $1 AND test > $2 ORDER BY test LIMIT 50000) ORDER BY id
        """, .int(run), .int(last))
      for row in rows { names[row.int(0)] = row.text(1) }
      guard rows.count == 50_000 else { return names }
      last = rows[rows.count - 1].int(0)
    }
  }
}

/// Reads what tests did in runs, some hundred tests at a time: results lie by run and test, so a part of the tests is a
/// part of each run.
private struct PostgresSeries {
  /// Tests that are read beside one another.
  private static let part = 512
  /// Results that are passed over in the time that one is looked up.
  private static let rowsOfALookUp = 8
  /// Runs that one question is about.
  private static let runsAtATime = 200

  private let link: PostgresLink
  private let runs: [Int64]
  private let legs: LegNames

  /// A reader of runs, in the order that results are wanted in.
  init(_ link: PostgresLink, runs: [Int64], legs: LegNames) {
    self.link = link
    self.runs = runs
    self.legs = legs
  }

  /// Calls `body` with each of some tests, given in order, and its results.
  func read(_ tests: [Int64], _ body: (Int64, [ResultRecord]) -> Void) throws {
    for start in stride(from: 0, to: tests.count, by: Self.part) {
      let part = Array(tests[start..<min(tests.count, start + Self.part)])
      var results = [[ResultRecord]](repeating: [], count: part.count)
      // One test has few results a run: all its runs are one question.
      let step = part.count < 8 ? 5000 : Self.runsAtATime
      for first in stride(from: 0, to: runs.count, by: step) {
        try add(Array(runs[first..<min(runs.count, first + step)]), part, to: &results)
      }
      for (test, results) in zip(part, results) { body(test, results) }
    }
  }

  private func add(_ runs: [Int64], _ tests: [Int64], to results: inout [[ResultRecord]]) throws {
    guard let low = tests.first, let high = tests.last else { return }
    let isDense = Int(high - low) < tests.count * Self.rowsOfALookUp
    // The runs and the tests lead, each result is looked up: no plan reads all of a run for some of its tests.
    let rows =
      isDense
      ? try link.ask(
        """
        SELECT \(StoredResult.columns), run FROM unnest($1) WITH ORDINALITY AS r(number, place) CROSS JOIN LATERAL (
          SELECT * FROM results WHERE run = number AND test BETWEEN $2 AND $3 OFFSET 0) AS found
        ORDER BY place, test, leg
        """, .ints(runs), .int(low), .int(high))
      : try link.ask(
        """
        SELECT \(StoredResult.columns), run FROM unnest($1) WITH ORDINALITY AS r(number, place) CROSS JOIN LATERAL (
          SELECT * FROM results WHERE run = number AND test = ANY($2) OFFSET 0) AS found
        ORDER BY place, test, leg
        """, .ints(runs), .ints(tests))
    var place = 0
    var run: Int64?
    for number in 0..<rows.count {
      let row = rows[number]
      let result = StoredResult(row)
      if row.optional(6) != run { (run, place) = (row.optional(6), 0) }
      while tests[place] < result.test { place += 1 }
      if tests[place] == result.test { results[place].append(try legs.record(row.int(6), result)) }
    }
  }
}
