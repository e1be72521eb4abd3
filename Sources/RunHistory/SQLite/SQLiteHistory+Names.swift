internal import GRDB

extension SQLiteHistory {
  package func tests(fitting text: String, in repository: String) throws(HistoryError) -> [String] {
    try read { database in
      let repository = try Self.number(ofRepository: repository, in: database)
      let parts = try String.fetchAll(
        database,
        sql: """
          SELECT name FROM tests WHERE repository = ? AND instr(lower(name), lower(?)) > 0
          ORDER BY substr(name, -length(?)) <> ?, name LIMIT 100
          """,
        arguments: [repository, text, text, text])
      let ends = parts.filter { $0.hasSuffix(text) }
      return ends.isEmpty ? parts : ends
    }
  }
}
