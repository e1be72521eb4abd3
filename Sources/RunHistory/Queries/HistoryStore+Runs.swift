internal import GRDB
package import TriageModel

extension HistoryStore {
  /// The runs of a repository that a filter lets through, newest first; runs of one moment by their identity.
  package func runs(of repository: String, _ filter: HistoryFilter = .init()) throws(HistoryError) -> [RunRecord] {
    try read { try Self.runs(of: repository, filter, in: $0) }
  }

  /// The run of an identity; nil when it was never added.
  package func run(_ identity: RunIdentity, of repository: String) throws(HistoryError) -> RunRecord? {
    try read { database in
      try Self.records(
        database, where: "repository = ? AND source = ? AND name = ? AND attempt = ?",
        [Self.number(ofRepository: repository, in: database), identity.source, identity.id, identity.attempt]
      ).first
    }
  }

  /// The names of the repositories that have runs.
  package func repositories() throws(HistoryError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM repositories ORDER BY name") }
  }

  static func runs(of repository: String, _ filter: HistoryFilter, in database: Database) throws -> [RunRecord] {
    var conditions = ["repository = ?"]
    var arguments: StatementArguments = [try number(ofRepository: repository, in: database)]
    func add(_ condition: String, _ values: StatementArguments) {
      conditions.append(condition)
      arguments += values
    }
    if case .days(let days) = filter.window {
      add(
        "at >= (SELECT max(at) FROM runs r WHERE r.repository = runs.repository) - ?",
        [Int64(clamping: max(0, days)).multipliedReportingOverflow(by: 86_400_000).partialValue])
    }
    if let branch = filter.branch { add("branch = ?", [branch]) }
    for (name, value) in filter.labels.sorted(by: { $0.key < $1.key }) {
      add("EXISTS(SELECT 1 FROM labels WHERE run = runs.id AND labels.name = ? AND value = ?)", [name, value])
    }
    if let run = filter.upTo {
      add("(at, source, name, attempt) <= (SELECT at, source, name, attempt FROM runs r WHERE r.id = ?)", [run])
    }
    return try records(database, where: conditions.joined(separator: " AND "), arguments, limit: filter.limit)
  }

  private static func records(
    _ database: Database, where condition: String, _ arguments: StatementArguments, limit: Int? = nil
  ) throws -> [RunRecord] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT *
        FROM runs WHERE \(condition) ORDER BY at DESC, source DESC, length(name) DESC, name DESC, attempt DESC
        LIMIT \(max(-1, limit ?? -1))
        """,
      arguments: arguments)
    let labels = try Cursor(database, "SELECT name, value FROM labels WHERE run = ?")
    return try rows.map { row in
      var record = Self.record(row)
      labels.bind(1, record.number)
      defer { labels.reset() }
      while try labels.next() { record.labels[labels.text(0)] = labels.text(1) }
      return record
    }
  }

  private static func record(_ row: Row) -> RunRecord {
    var record = RunRecord(
      number: row["id"],
      identity: RunIdentity(source: row["source"], id: row["name"], attempt: row["attempt"]))
    record.commit = row["sha"]
    record.commitTitle = row["title"]
    record.branch = row["branch"]
    record.startedAt = (row["started"] as Int64?).map { Timestamp(milliseconds: $0) }
    record.isComplete = row["complete"]
    let counts = (row["counts"] as String).split(separator: ",").map { Int($0) ?? 0 }
    for (outcome, count) in zip(Outcome.allCases, counts) { record.counts[outcome] = count }
    return record
  }
}
