package import TriageModel

extension PostgresHistory {
  /// Leaves other items than tests out; their set is made once, and most repositories have few.
  private static let isOfTest = """
    test NOT IN (SELECT id FROM tests
      WHERE kind IS NOT NULL AND repository IN (SELECT repository FROM runs WHERE id = ANY($1)))
    """

  package func measures(
    of items: [String], in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [[MeasureRecord]] {
    try read { link in
      let runs = try snapshot(of: repository, link).runs(filter)
      let legs = legNames(link, runs: runs)
      let numbers = try Self.tests(items.map { StableName.of($0) }, in: repository, link)
      let rows = try link.ask(
        """
        SELECT test, leg, outcome, value, run FROM unnest($1) WITH ORDINALITY AS r(number, place)
        JOIN measures ON run = number JOIN results USING(run, test, leg) WHERE test = ANY($2) ORDER BY place, leg
        """, .ints(runs.reversed().map(\.key.token)), .ints(numbers.compactMap { $0?.number }))
      var found: [Int64: [MeasureRecord]] = [:]
      for row in rows {
        found[row.int(0), default: []].append(
          MeasureRecord(
            run: RunKey(token: row.int(4)), leg: try legs.shown(row.int(1), in: row.int(4)),
            outcome: Outcome(stored: row.int(2)), value: row.optionalDouble(3) ?? 0))
      }
      return numbers.map { $0.flatMap { found[$0.number] } ?? [] }
    }
  }

  package func items(ofRun run: RunKey, isWhole: Bool) throws(HistoryError) -> [ItemRecord] {
    try read { link in
      let legs = legNames(link, isWhole: isWhole)
      return try link.ask(
        """
        SELECT tests.name, leg, kind, outcome, value FROM results
        JOIN tests ON tests.id = test LEFT JOIN measures USING(run, test, leg) WHERE run = $1 AND kind IS NOT NULL
        """, .int(run.token)
      ).map { row in
        ItemRecord(
          id: row.text(0), leg: try legs.shown(row.int(1), in: run.token), kind: row.text(2),
          outcome: Outcome(stored: row.int(3)), measure: row.optionalDouble(4))
      }
    }
  }

  package func seconds(ofRuns runs: [RunKey]) throws(HistoryError) -> [RunKey: Double] {
    try read { link in
      let rows = try link.ask(
        """
        SELECT run, sum(duration)::double precision FROM results
        WHERE run = ANY($1) AND duration IS NOT NULL AND \(Self.isOfTest) GROUP BY run
        """, .ints(runs.map(\.token)))
      var seconds: [RunKey: Double] = [:]
      for row in rows { seconds[RunKey(token: row.int(0))] = (row.optionalDouble(1) ?? 0) / 10_000 }
      return seconds
    }
  }

  package func slowest(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [(test: String, seconds: Double)] {
    try read { link in
      try link.ask(
        """
        SELECT name, longest FROM (
          SELECT test, max(duration) AS longest FROM results
          WHERE run = ANY($1) AND duration IS NOT NULL AND \(Self.isOfTest) GROUP BY test) AS timed
        JOIN tests ON tests.id = test ORDER BY longest DESC, name LIMIT $2
        """, .ints([run.token]), .int(Int64(max(0, limit)))
      ).map { ($0.text(0), Double($0.int(1)) / 10_000) }
    }
  }

  package func verdicts(of runs: [RunKey]) throws(HistoryError) -> [KeptVerdict] {
    try read { link in
      try link.ask(
        """
        SELECT run, tests.name, label FROM unnest($1) WITH ORDINALITY AS r(number, place)
        JOIN verdicts ON run = number JOIN tests ON tests.id = test ORDER BY place, tests.name
        """, .ints(runs.map(\.token))
      ).compactMap { row in
        // A word of a later version is none that this one can judge.
        Verdict.Label(word: row.text(2)).map {
          KeptVerdict(run: RunKey(token: row.int(0)), test: row.text(1), label: $0)
        }
      }
    }
  }
}
