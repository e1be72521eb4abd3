internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func add(
    _ content: RunContent, repository: String, received: Timestamp
  ) throws(HistoryError) -> RunAdded {
    // A later time than now is none that another store can have had.
    let received = content.received.map { min(max($0, Timestamp(milliseconds: 0)), received) } ?? received
    return try write { database in
      let repository = try Self.number(ofRepository: repository, making: true, in: database)
      let added = try RunWriter(database: database, repository: repository, received: received).add(content)
      if added != .known { try Self.countUp(repository, in: database) }
      return added
    }
  }

  /// Marks what anybody has read of a repository's runs as old.
  static func countUp(_ repository: Int64, in database: Database) throws {
    try database.execute(sql: "UPDATE repositories SET version = version + 1 WHERE id = ?", arguments: [repository])
  }

  static func number(ofRepository name: String, making: Bool = false, in database: Database) throws -> Int64 {
    if making {
      try database.execute(sql: "INSERT OR IGNORE INTO repositories(name) VALUES(?)", arguments: [name])
    }
    return try Int64.fetchOne(database, sql: "SELECT id FROM repositories WHERE name = ?", arguments: [name]) ?? 0
  }
}
