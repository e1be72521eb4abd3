internal import GRDB
internal import Synchronization
package import TriageModel

extension SQLiteHistory {
  /// Which tests failed in each run of a repository; read anew only when its runs are not what they were.
  ///
  /// - Parameter least: Where no run has so many failures, none is read.
  package func failures(in repository: String, least: Int) throws(HistoryError) -> RunFailures {
    try read { database in
      let snapshot = try snapshot(of: repository, in: database)
      if let known = failed.withLock({ $0[repository] }), known.version == snapshot.version, known.least == least {
        return known.failures
      }
      let failures = try Self.failures(snapshot.runs, least, database)
      failed.withLock { $0[repository] = KnownFailures(version: snapshot.version, least: least, failures: failures) }
      return failures
    }
  }

  package func keys(of tests: [String], in repository: String) throws(HistoryError) -> [TestKey?] {
    try read { database in
      try Self.numbers(of: tests.map { StableName.of($0) }, in: repository, database)
        .map { $0 == 0 ? nil : TestKey(token: $0) }
    }
  }

  private static func failures(_ runs: [RunRecord], _ least: Int, _ database: Database) throws -> RunFailures {
    var failures = RunFailures()
    guard runs.contains(where: { $0.counts.failing >= least }) else { return failures }
    let cursor = try Cursor(
      database,
      """
      SELECT test, leg, signature, outcome FROM results INDEXED BY results_unsteady
      WHERE run = ? AND (attempts IS NOT NULL OR outcome BETWEEN 1 AND 4)
        AND NOT EXISTS(SELECT 1 FROM tests WHERE id = test AND kind IS NOT NULL) LIMIT \(KnownFailures.mostOfARun)
      """)
    let legs = try LegNames(database)
    var total = 0
    for run in runs where run.counts.failing > 0 {
      if total > KnownFailures.most {
        failures.set([], of: run.key, isCut: true)
        continue
      }
      cursor.bind(1, run.key.token)
      var found: [RunFailures.Failure] = []
      var count = 0
      while try cursor.next() {
        count += 1
        guard Outcome(stored: cursor.int(3)).isFailing else { continue }
        let signature = cursor.optional(2).map { SignatureKey(UInt64(bitPattern: $0)) }
        found.append(
          .init(
            test: TestKey(token: cursor.int(0)), leg: try legs.shown(cursor.int(1), in: run.key.token),
            signature: signature))
      }
      cursor.reset()
      total += found.count
      failures.set(found, of: run.key, isCut: count == KnownFailures.mostOfARun)
    }
    return failures
  }
}

extension SQLiteHistory {
  package func causes(
    of keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try read { database in
      let cursor = try Cursor(database, "SELECT cause FROM causes WHERE repository = ? AND key = ?")
      cursor.bind(1, try Self.number(ofRepository: repository, in: database))
      var causes: [SignatureKey: SignatureKey] = [:]
      for key in keys {
        cursor.bind(2, Int64(bitPattern: key.value))
        if try cursor.next() { causes[key] = SignatureKey(UInt64(bitPattern: cursor.int(0))) }
        cursor.reset()
      }
      return causes
    }
  }

  package func remember(
    causes: [SignatureKey: SignatureKey], in repository: String
  ) throws(HistoryError) {
    if causes.isEmpty { return }
    try write { database in
      let number = try Self.number(ofRepository: repository, making: true, in: database)
      let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO causes VALUES(?, ?, ?)")
      for (key, cause) in causes.sorted(by: { $0.key < $1.key }) {
        try insert.execute(
          arguments: [number, Int64(bitPattern: key.value), Int64(bitPattern: cause.value)])
      }
    }
  }
}
