internal import GRDB
package import TriageModel

extension SQLiteHistory {
  package func add(
    _ content: RunContent, repository: String, received: Timestamp
  ) throws(HistoryError) -> RunAdded {
    try write { database in
      let repository = try Self.number(ofRepository: repository, making: true, in: database)
      return try RunWriter(
        database: database, repository: repository, received: content.received(now: received)
      ).add(content)
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

/// Adds one run inside a transaction.
struct RunWriter: RunWriting {
  let database: Database
  let repository: Int64
  let received: Timestamp

  func number(of identity: RunIdentity) throws -> Int64? {
    try Int64.fetchOne(
      database, sql: "SELECT id FROM runs WHERE repository = ? AND source = ? AND name = ? AND attempt = ?",
      arguments: [repository, identity.source, identity.id, identity.attempt])
  }

  func number(ofLeg name: String) throws -> Int32 {
    if name.isEmpty { return 0 }
    try database.execute(sql: "INSERT OR IGNORE INTO legs(name) VALUES(?)", arguments: [name])
    return try Int32.fetchOne(database, sql: "SELECT id FROM legs WHERE name = ?", arguments: [name]) ?? 0
  }

  func resolve(_ entries: inout [RunEntry], of content: RunContent) throws -> Int {
    try TestNames(database: database, repository: repository).resolve(&entries, content: content)
  }

  func names(ofLegs legs: Set<Int64>) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    for leg in legs {
      names[leg] = try String.fetchOne(database, sql: "SELECT name FROM legs WHERE id = ?", arguments: [leg])
    }
    return names
  }

  func countUp() throws { try SQLiteHistory.countUp(repository, in: database) }
}

// MARK: - Items

extension RunWriter {
  func itemKinds() throws -> [Int64: String] { try Self.items(of: repository, database) }

  /// The kinds of a repository's items that are no tests, by their numbers.
  static func items(of repository: Int64, _ database: Database) throws -> [Int64: String] {
    let cursor = try Cursor(
      database, "SELECT id, kind FROM tests INDEXED BY tests_by_kind WHERE repository = ? AND kind IS NOT NULL")
    cursor.bind(1, repository)
    var kinds: [Int64: String] = [:]
    while try cursor.next() { kinds[cursor.int(0)] = cursor.text(1) }
    return kinds
  }

  func keep(_ items: ItemEntries, run: Int64) throws {
    let name = try database.makeStatement(sql: "UPDATE tests SET kind = ?1 WHERE id = ?2 AND kind IS NOT ?1")
    for (test, kind) in items.added { try name.execute(arguments: [kind, test]) }
    let insert = try database.makeStatement(sql: "INSERT OR REPLACE INTO measures VALUES(?, ?, ?, ?)")
    for measure in items.measures {
      try insert.execute(arguments: [run, measure.test, measure.leg, measure.value])
    }
  }
}

// MARK: - The run

extension RunWriter {
  func insert(_ run: KeptRun, _ identity: RunIdentity, _ counts: StoredCounts) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO runs(repository, source, name, attempt, sha, title, branch, started, received, at, complete, tests, counts,
          items, took, took_by)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        repository, identity.source, identity.id, identity.attempt, run.commit, run.title, run.branch, run.started,
        received.milliseconds, run.time, run.isComplete, counts.results, counts.tests, counts.items,
        run.took?.stored, run.took?.clock.word,
      ])
    let number = database.lastInsertedRowID
    try setLabels(number, run.labels)
    return number
  }

  func kept(_ run: Int64) throws -> (run: KeptRun, hasItems: Bool) {
    let cursor = try Cursor(
      database,
      "SELECT sha, title, branch, started, at, complete, took, took_by, items <> '' FROM runs WHERE id = ?")
    cursor.bind(1, run)
    _ = try cursor.next()
    defer { cursor.reset() }
    return (KeptRun(cursor, labels: try Self.labels(of: run, database)), cursor.int(8) != 0)
  }

  func update(_ number: Int64, _ run: KeptRun) throws {
    try database.execute(
      sql: """
        UPDATE runs SET sha = ?, title = ?, branch = ?, started = ?, at = ?, complete = ?, took = ?, took_by = ?
        WHERE id = ?
        """,
      arguments: [
        run.commit, run.title, run.branch, run.started, run.time, run.isComplete, run.took?.stored,
        run.took?.clock.word, number,
      ])
    try setLabels(number, run.labels)
  }

  func update(_ number: Int64, _ counts: StoredCounts) throws {
    try database.execute(
      sql: "UPDATE runs SET tests = ?, counts = ?, items = ? WHERE id = ?",
      arguments: [counts.results, counts.tests, counts.items, number])
  }

  private func setLabels(_ run: Int64, _ labels: [String: String]) throws {
    for (name, value) in labels {
      try database.execute(sql: "INSERT OR REPLACE INTO labels VALUES(?, ?, ?)", arguments: [run, name, value])
    }
  }

  /// The labels of a run; one that its legs have differently is empty.
  static func labels(of run: Int64, _ database: Database) throws -> [String: String] {
    var labels: [String: String] = [:]
    let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM labels WHERE run = ?", arguments: [run])
    for row in rows { labels[row["name"]] = row["value"] }
    return labels
  }
}

// MARK: - Results

extension RunWriter {
  func insert(_ results: some RandomAccessCollection<StoredResult>, run: Int64) throws {
    let cursor = try Cursor(
      database,
      "INSERT INTO results(run, test, leg, outcome, attempts, duration, signature) VALUES(?, ?, ?, ?, ?, ?, ?)")
    cursor.bind(1, run)
    for result in results {
      cursor.bind(2, result.test)
      cursor.bind(3, result.leg)
      cursor.bind(4, Int64(result.outcome.rawValue))
      cursor.bind(5, result.attempts)
      cursor.bind(6, result.duration)
      cursor.bind(7, result.signature)
      try cursor.run()
    }
  }

  func deleteResults(of run: Int64) throws {
    try database.execute(sql: "DELETE FROM results WHERE run = ?", arguments: [run])
  }

  func results(of run: Int64) throws -> () throws -> StoredResult? {
    let cursor = try ResultCursor(database)
    cursor.begin(run)
    return cursor.next
  }

  func keep(_ texts: [SignatureKey: RunContent.SignatureText]) throws {
    let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO signatures VALUES(?, ?, ?, ?)")
    for (key, text) in texts {
      try insert.execute(arguments: [repository, Int64(bitPattern: key.value), text.title, text.text])
    }
  }

  func keep(_ verdicts: [(hash: Int64, label: Verdict.Label)], run: Int64) throws {
    let test = try Cursor(database, "SELECT id FROM tests WHERE hash = ?")
    let insert = try database.makeStatement(sql: "INSERT OR IGNORE INTO verdicts VALUES(?, ?, ?)")
    for verdict in verdicts {
      test.bind(1, verdict.hash)
      if try test.next() { try insert.execute(arguments: [run, test.int(0), verdict.label.word]) }
      test.reset()
    }
  }
}
