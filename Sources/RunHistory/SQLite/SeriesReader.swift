internal import GRDB
internal import TriageModel

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
