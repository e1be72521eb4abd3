package import TriageModel

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

  package func rekeyed(
    _ keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try pairs(Self.rekeyed + " WHERE old = ANY($2)", repository, keys)
  }

  package func rekeyed(in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try pairs(Self.rekeyed, repository)
  }

  private static let rekeyed =
    "SELECT old, new FROM rekeyed JOIN repositories r ON r.id = repository AND r.name = $1"

  package func carry(_ keys: [SignatureKey: SignatureKey], in repository: String) throws(HistoryError) {
    if keys.isEmpty { return }
    try write { link in
      let number = try Self.lockedNumber(ofRepository: repository, link)
      for (old, new) in keys.sorted(by: { $0.key < $1.key }) {
        try Self.rekey(Int64(bitPattern: old.value), as: Int64(bitPattern: new.value), of: number, link)
      }
      try link.ask("UPDATE repositories SET version = version + 1 WHERE id = $1", .int(number))
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
