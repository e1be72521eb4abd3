internal import Synchronization
package import TriageModel

extension PostgresHistory {
  /// Failed or retried results, as the index `results_unsteady` has them.
  static let isUnsteady = "(attempts IS NOT NULL OR outcome BETWEEN 1 AND 4)"
  /// Runs that one question is about.
  private static let runsAtATime = 200

  package func failures(in repository: String, least: Int) throws(HistoryError) -> RunFailures {
    try read { link in
      let snapshot = try snapshot(of: repository, link)
      if let known = failed.withLock({ $0[repository] }), known.version == snapshot.version, known.least == least {
        return known.failures
      }
      let failures = try failures(snapshot.runs, least, link)
      failed.withLock { $0[repository] = KnownFailures(version: snapshot.version, least: least, failures: failures) }
      return failures
    }
  }

  private func failures(_ runs: [RunRecord], _ least: Int, _ link: PostgresLink) throws -> RunFailures {
    var failures = RunFailures()
    guard runs.contains(where: { $0.counts.failing >= least }) else { return failures }
    let legs = legNames(link, runs: runs)
    let failing = runs.filter { $0.counts.failing > 0 }
    var total = 0
    for start in stride(from: 0, to: failing.count, by: Self.runsAtATime) {
      let part = failing[start..<min(failing.count, start + Self.runsAtATime)]
      var found: [Int64: [RunFailures.Failure]] = [:]
      var counts: [Int64: Int] = [:]
      let rows = total > KnownFailures.most ? nil : try unsteady(part.map(\.key.token), link)
      for row in rows.map({ Array($0) }) ?? [] {
        counts[row.int(0), default: 0] += 1
        guard Outcome(stored: row.int(4)).isFailing else { continue }
        found[row.int(0), default: []].append(
          .init(
            test: TestKey(token: row.int(1)), leg: try legs.shown(row.int(2), in: row.int(0)),
            signature: row.optional(3).map { SignatureKey(UInt64(bitPattern: $0)) }))
      }
      for run in part {
        let isLeftOut = total > KnownFailures.most
        let those = isLeftOut ? [] : found[run.key.token] ?? []
        total += those.count
        failures.set(those, of: run.key, isCut: isLeftOut || counts[run.key.token] == KnownFailures.mostOfARun)
      }
    }
    return failures
  }

  private func unsteady(_ runs: [Int64], _ link: PostgresLink) throws -> PostgresRows {
    try link.ask(
      """
      SELECT number, test, leg, signature, outcome FROM unnest($1) WITH ORDINALITY AS r(number, place)
      CROSS JOIN LATERAL (
        SELECT test, leg, signature, outcome FROM results WHERE run = number AND \(Self.isUnsteady)
          AND NOT EXISTS(SELECT 1 FROM tests WHERE id = test AND kind IS NOT NULL) ORDER BY test, leg LIMIT $2) AS found
      ORDER BY place, test, leg
      """, .ints(runs), .int(Int64(KnownFailures.mostOfARun)))
  }

  package func unsteady(
    in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [UnsteadyTest] {
    try read { link in
      let runs = try snapshot(of: repository, link).runs(filter)
      let failing = Outcome.allCases.filter(\.isFailing).map { Int64($0.rawValue) }
      let rows = try link.ask(
        """
        SELECT name, failures, retried, seconds, newest FROM (
          SELECT test, count(*) FILTER (WHERE outcome = ANY($2)) AS failures, count(attempts) AS retried,
            coalesce(sum(duration), 0)::double precision AS seconds, min(place) AS newest
          FROM unnest($1) WITH ORDINALITY AS r(number, place)
          CROSS JOIN LATERAL (SELECT * FROM results WHERE run = number AND \(Self.isUnsteady) OFFSET 0) AS found
          GROUP BY test) AS counted JOIN tests ON tests.id = test
        """, .ints(runs.map(\.key.token)), .ints(failing))
      return rows.map { row in
        UnsteadyTest(
          test: row.text(0), failures: Int(row.int(1)), retried: Int(row.int(2)),
          seconds: (row.optionalDouble(3) ?? 0) / 10_000, lastSeen: runs[Int(row.int(4)) - 1].key)
      }.sorted(by: UnsteadyTest.isWorse)
    }
  }

  package func spans(
    of signatures: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureSpan] {
    try read { link in
      guard let number = try Self.number(ofRepository: repository, link) else { return [:] }
      let rows = try link.ask(
        """
        SELECT signature, run, count(*) FROM results JOIN runs ON runs.id = run
        WHERE signature = ANY($1) AND repository = $2
        GROUP BY signature, run, at, source, runs.name, attempt ORDER BY signature, at, source, runs.name, attempt
        """, .ints(signatures.map { Int64(bitPattern: $0.value) }), .int(number))
      var spans: [SignatureKey: SignatureSpan] = [:]
      for row in rows {
        let run = RunKey(token: row.int(1))
        let key = SignatureKey(UInt64(bitPattern: row.int(0)))
        spans[key, default: SignatureSpan(first: run, last: run, count: 0)].last = run
        spans[key]?.count += Int(row.int(2))
      }
      return spans
    }
  }

  package func text(
    of signature: SignatureKey, in repository: String
  ) throws(HistoryError) -> RunContent.SignatureText? {
    try read { link in
      try link.ask(
        """
        SELECT title, text FROM signatures JOIN repositories r ON r.id = repository WHERE r.name = $1 AND key = $2
        """, .text(repository), .int(Int64(bitPattern: signature.value))
      ).first.map { RunContent.SignatureText(title: $0.text(0), text: $0.text(1)) }
    }
  }

  package func causes(
    of keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try pairs(
      "SELECT key, cause FROM causes JOIN repositories r ON r.id = repository AND r.name = $1 WHERE key = ANY($2)",
      repository, keys)
  }

  /// Two columns of keys as pairs; the statement's parameters are the repository, and the keys where there are some.
  func pairs(
    _ sql: String, _ repository: String, _ keys: [SignatureKey]? = nil
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    if keys?.isEmpty ?? false { return [:] }
    return try read { link in
      let keys = keys.map { [PostgresValue.ints($0.map { Int64(bitPattern: $0.value) })] } ?? []
      var pairs: [SignatureKey: SignatureKey] = [:]
      for row in try link.ask(sql, [.text(repository)] + keys) {
        pairs[SignatureKey(UInt64(bitPattern: row.int(0)))] = SignatureKey(UInt64(bitPattern: row.int(1)))
      }
      return pairs
    }
  }
}
