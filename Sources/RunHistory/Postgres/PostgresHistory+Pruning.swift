internal import TriageModel

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
