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

  package func rekeyed(in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try read { database in
      let cursor = try Cursor(database, "SELECT old, new FROM rekeyed WHERE repository = ?")
      cursor.bind(1, try Self.number(ofRepository: repository, in: database))
      var found: [SignatureKey: SignatureKey] = [:]
      while try cursor.next() {
        found[SignatureKey(UInt64(bitPattern: cursor.int(0)))] = SignatureKey(UInt64(bitPattern: cursor.int(1)))
      }
      return found
    }
  }

  package func carry(_ keys: [SignatureKey: SignatureKey], in repository: String) throws(HistoryError) {
    if keys.isEmpty { return }
    try write { database in
      let number = try Self.number(ofRepository: repository, making: true, in: database)
      for (old, new) in keys.sorted(by: { $0.key < $1.key }) {
        try Self.rekey(Int64(bitPattern: old.value), as: Int64(bitPattern: new.value), of: number, in: database)
      }
      try Self.countUp(number, in: database)
    }
  }

  private static func rekey(
    _ old: Int64, of repository: Int64, _ key: (String) -> SignatureKey, in database: Database
  ) throws {
    let text = try String.fetchOne(
      database, sql: "SELECT text FROM signatures WHERE repository = ? AND key = ?", arguments: [repository, old])
    guard let text, !text.isEmpty else { return }
    try rekey(old, as: Int64(bitPattern: key(text).value), of: repository, in: database)
  }

  private static func rekey(_ old: Int64, as new: Int64, of repository: Int64, in database: Database) throws {
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
