internal import GRDB
package import TriageModel

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
