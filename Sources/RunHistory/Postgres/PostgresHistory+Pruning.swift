package import TriageModel

extension PostgresHistory {
  /// Results that one transaction removes: who adds to the repository waits no longer than that takes.
  private static let part = 1_000_000

  package func prune(_ repository: String, keepDays days: Int, isDryRun: Bool) throws(HistoryError) -> Pruned {
    if isDryRun { return Pruned(try snapshot(of: repository).runs(olderThan: days)) }
    var gone = Pruned(runs: 0, results: 0)
    while true {
      let some = try write { try forgetPart(of: repository, days, $0) }
      if some.runs == 0 { return gone }
      gone.runs += some.runs
      gone.results += some.results
    }
  }

  /// PostgreSQL gives space back by itself.
  package func compact() {}

  /// Removes the oldest of the runs that are too old, and what no other run tells of.
  private func forgetPart(of repository: String, _ days: Int, _ link: PostgresLink) throws -> Pruned {
    guard try Self.number(ofRepository: repository, link) != nil else { return Pruned(runs: 0, results: 0) }
    let number = try Self.lockedNumber(ofRepository: repository, link)
    let snapshot = try snapshot(of: repository, link)
    let (part, isLast) = snapshot.part(olderThan: days, results: Self.part)
    if part.isEmpty { return Pruned(runs: 0, results: 0) }
    let gone = PostgresValue.ints(part.map(\.key.token))
    let kept = PostgresValue.ints(snapshot.runs.dropLast(part.count).map(\.key.token))
    // Most tests are in the newest of the runs that stay, so that few are asked.
    try link.ask(
      """
      DELETE FROM tests WHERE id IN (SELECT DISTINCT test FROM results WHERE run = ANY($1)) AND NOT EXISTS(
        SELECT 1 FROM unnest($2) AS kept(number) CROSS JOIN LATERAL (
          SELECT 1 FROM results WHERE run = number AND test = tests.id LIMIT 1) AS found)
      """, gone, kept)
    try link.ask(
      """
      DELETE FROM legs WHERE id IN (SELECT DISTINCT leg FROM results WHERE run = ANY($1))
        AND id NOT IN (SELECT DISTINCT leg FROM results WHERE run = ANY($2))
      """, gone, kept)
    for table in ["results", "measures", "verdicts", "labels"] {
      try link.ask("DELETE FROM \(table) WHERE run = ANY($1)", gone)
    }
    try link.ask("DELETE FROM runs WHERE id = ANY($1)", gone)
    if isLast {
      try link.ask(
        """
        DELETE FROM signatures WHERE repository = $1 AND NOT EXISTS(
          SELECT 1 FROM results JOIN runs ON runs.id = run WHERE signature = key AND runs.repository = $1)
        """, .int(number))
    }
    try link.ask("UPDATE repositories SET version = version + 1 WHERE id = $1", .int(number))
    return Pruned(part)
  }
}

// MARK: - Keys of an older masking

extension PostgresHistory {
  /// What an older assay adds later is carried over by the next opening: each text says by which masking its key is.
  package func rekey(_ key: (String) -> SignatureKey) throws(HistoryError) -> Int {
    let masking = PostgresValue.int(Int64(SignatureKey.masking))
    let isDue = try read { link in
      // Who may only read leaves it to those who add.
      try link.ask(
        """
        SELECT has_table_privilege('assay.signatures', 'UPDATE') AND NOT pg_is_in_recovery()
          AND EXISTS(SELECT 1 FROM signatures WHERE masking < $1)
        """, masking
      ).first?.int(0) ?? 0
    }
    if isDue == 0 { return 0 }
    return try write { link in
      var count = 0
      let repositories = try link.ask(
        "SELECT name FROM repositories WHERE id IN (SELECT repository FROM signatures WHERE masking < $1) ORDER BY id",
        masking)
      for name in repositories.map({ $0.text(0) }) {
        let number = try Self.lockedNumber(ofRepository: name, link)
        let rows = try link.ask(
          "SELECT key, text FROM signatures WHERE repository = $1 AND masking < $2 ORDER BY key", .int(number), masking)
        for row in rows where !row.text(1).isEmpty {
          try Self.rekey(row.int(0), as: Int64(bitPattern: key(row.text(1)).value), of: number, link)
        }
        try link.ask(
          "UPDATE signatures SET masking = $2 WHERE repository = $1 AND masking < $2", .int(number), masking)
        try link.ask("UPDATE repositories SET version = version + 1 WHERE id = $1", .int(number))
        count += rows.count
      }
      return count
    }
  }

  private static func rekey(_ old: Int64, as new: Int64, of repository: Int64, _ link: PostgresLink) throws {
    let values = (PostgresValue.int(repository), PostgresValue.int(old), PostgresValue.int(new))
    try link.ask("UPDATE rekeyed SET new = $3 WHERE repository = $1 AND new = $2", values.0, values.1, values.2)
    try link.ask(
      "INSERT INTO rekeyed VALUES($1, $2, $3) ON CONFLICT(repository, old) DO UPDATE SET new = excluded.new", values.0,
      values.1, values.2)
    if new == old { return }
    try link.ask(
      """
      UPDATE results SET signature = $3
      WHERE signature = $2 AND run IN (SELECT id FROM runs WHERE repository = $1)
      """, values.0, values.1, values.2)
    for table in ["signatures", "causes"] {
      try link.ask(
        """
        UPDATE \(table) SET key = $3 WHERE repository = $1 AND key = $2
          AND NOT EXISTS(SELECT 1 FROM \(table) WHERE repository = $1 AND key = $3)
        """, values.0, values.1, values.2)
      try link.ask("DELETE FROM \(table) WHERE repository = $1 AND key = $2", values.0, values.1)
    }
  }
}
