internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func rekey(_ key: (String) -> SignatureKey) throws(HistoryError) -> Int {
    let isDue = try read { try Bool.fetchOne($0, sql: "SELECT EXISTS(SELECT 1 FROM older_keys)") ?? false }
    guard isDue else { return 0 }
    return try write { database in
      let rows = try Row.fetchAll(database, sql: "SELECT repository, key FROM older_keys")
      for row in rows { try Self.rekey(row["key"], of: row["repository"], key, in: database) }
      try database.execute(sql: "DELETE FROM older_keys; UPDATE repositories SET version = version + 1")
      return rows.count
    }
  }

  package func rekeyed(
    _ keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try read { database in
      let number = try Self.number(ofRepository: repository, in: database)
      var found: [SignatureKey: SignatureKey] = [:]
      for key in keys {
        found[key] = try Int64.fetchOne(
          database, sql: "SELECT new FROM rekeyed WHERE repository = ? AND old = ?",
          arguments: [number, Int64(bitPattern: key.value)]
        ).map { SignatureKey(UInt64(bitPattern: $0)) }
      }
      return found
    }
  }

  private static func rekey(
    _ old: Int64, of repository: Int64, _ key: (String) -> SignatureKey, in database: Database
  ) throws {
    let text = try String.fetchOne(
      database, sql: "SELECT text FROM signatures WHERE repository = ? AND key = ?", arguments: [repository, old])
    guard let text, !text.isEmpty else { return }
    let new = Int64(bitPattern: key(text).value)
    try database.execute(
      sql: """
        UPDATE rekeyed SET new = ?3 WHERE repository = ?1 AND new = ?2;
        """, arguments: [repository, old, new])
    try database.execute(
      sql: "INSERT OR REPLACE INTO rekeyed VALUES(?, ?, ?)", arguments: [repository, old, new])
    if new == old { return }
    try database.execute(
      sql: """
        UPDATE results SET signature = ?
        WHERE signature = ? AND run IN (SELECT id FROM runs WHERE repository = ?)
        """, arguments: [new, old, repository])
    for table in ["signatures", "causes"] {
      try database.execute(
        sql: """
          UPDATE OR IGNORE \(table) SET key = ?1 WHERE repository = ?2 AND key = ?3;
          """, arguments: [new, repository, old])
      try database.execute(
        sql: "DELETE FROM \(table) WHERE repository = ? AND key = ?", arguments: [repository, old])
    }
  }
}
