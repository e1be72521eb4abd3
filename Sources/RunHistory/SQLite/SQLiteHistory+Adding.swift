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
      try Self.keep(content.verdicts, ofRun: content.record.identity, of: repository, in: database)
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

/// Adds one run inside a transaction.
struct RunWriter {
  let database: Database
  let repository: Int64
  let received: Timestamp

  func add(_ content: RunContent) throws -> RunAdded {
    let known = try knownRun(content.record.identity)
    var entries = content.entries(of: repository)
    try content.giveLegs(&entries) { try legNumber($0) }
    let newTests = try TestNames(database: database, repository: repository).resolve(&entries, content: content)
    entries.sort { ($0.test, $0.leg) < ($1.test, $1.leg) }
    let results = content.results(entries)
    guard let known else {
      let results = StoredResult.settled(results, try legs(of: results))
      let items = ItemEntries(entries, of: content)
      let run = try insertRun(content.record, items.counts(results), results: results.count)
      try insert(results, run: run)
      try keep(items, run: run)
      try keepTexts(content, run: run)
      return .added(results: results.count, newTests: newTests)
    }
    let items = ItemEntries(entries, of: content, known: try knownItems(of: known, isAsked: !content.items.isEmpty))
    return try complete(known, content, results, items, newTests: newTests)
  }

  // MARK: - Items

  /// The items of the repository that are known; nothing where neither the run nor what is added has any.
  private func knownItems(of run: Int64, isAsked: Bool) throws -> [Int64: String] {
    let has = try Bool.fetchOne(database, sql: "SELECT items <> '' FROM runs WHERE id = ?", arguments: [run])
    return isAsked || has ?? false ? try Self.items(of: repository, database) : [:]
  }

  /// The kinds of a repository's items that are no tests, by their numbers.
  static func items(of repository: Int64, _ database: Database) throws -> [Int64: String] {
    let cursor = try Cursor(
      database, "SELECT id, kind FROM tests INDEXED BY tests_by_kind WHERE repository = ? AND kind IS NOT NULL")
    cursor.bind(1, repository)
    var kinds: [Int64: String] = [:]
    while try cursor.next() { kinds[cursor.int(0)] = cursor.text(1) }
    return kinds
  }

  private func keep(_ items: ItemEntries, run: Int64) throws {
    for (test, kind) in items.added {
      try database.execute(
        sql: "UPDATE tests SET kind = ?1 WHERE id = ?2 AND kind IS NOT ?1", arguments: [kind, test])
    }
    for measure in items.measures {
      try database.execute(
        sql: "INSERT OR REPLACE INTO measures VALUES(?, ?, ?, ?)",
        arguments: [run, measure.test, measure.leg, measure.value])
    }
  }

  // MARK: - Rows

  private func legNumber(_ name: String) throws -> Int32 {
    if name.isEmpty { return 0 }
    try database.execute(sql: "INSERT OR IGNORE INTO legs(name) VALUES(?)", arguments: [name])
    return try Int32.fetchOne(database, sql: "SELECT id FROM legs WHERE name = ?", arguments: [name]) ?? 0
  }

  private func insert(_ results: [StoredResult], run: Int64) throws {
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

  // MARK: - The run

  private func knownRun(_ identity: RunIdentity) throws -> Int64? {
    try Int64.fetchOne(
      database, sql: "SELECT id FROM runs WHERE repository = ? AND source = ? AND name = ? AND attempt = ?",
      arguments: [repository, identity.source, identity.id, identity.attempt])
  }

  private func insertRun(
    _ record: RunRecord, _ counts: (tests: OutcomeCounts, items: ItemCounts), results: Int
  ) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO runs(repository, source, name, attempt, sha, title, branch, started, received, at, complete, tests, counts,
          items, took, took_by)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        repository, record.identity.source, record.identity.id, record.identity.attempt, record.commit,
        record.commitTitle, record.branch, record.startedAt?.milliseconds, received.milliseconds,
        record.place(received: received), record.isComplete, results, counts.tests.stored, counts.items.stored,
        record.took?.stored, record.took?.clock.word,
      ])
    let run = database.lastInsertedRowID
    for (name, value) in record.labels {
      try database.execute(sql: "INSERT INTO labels VALUES(?, ?, ?)", arguments: [run, name, value])
    }
    return run
  }

  private func keepTexts(_ content: RunContent, run: Int64) throws {
    for (key, text) in content.signatures {
      try database.execute(
        sql: "INSERT OR IGNORE INTO signatures VALUES(?, ?, ?, ?)",
        arguments: [repository, Int64(bitPattern: key.value), text.title, text.text])
    }
  }

  // MARK: - Completing

  private func complete(
    _ run: Int64, _ content: RunContent, _ results: [StoredResult], _ items: ItemEntries, newTests: Int
  ) throws -> RunAdded {
    let stored = try storedResults(of: run)
    let kept = try named(stored, run: run)
    let legs = try legs(of: kept + results)
    let merged = StoredResult.settled(StoredResult.completed(kept, by: results), legs)
    let hasNews = try fillIn(run, content.record, legs)
    if merged == stored, !hasNews { return .known }
    try keepTexts(content, run: run)
    try keep(items, run: run)
    if merged != stored {
      try database.execute(sql: "DELETE FROM results WHERE run = ?", arguments: [run])
      try insert(merged, run: run)
      let counts = items.counts(merged)
      try database.execute(
        sql: "UPDATE runs SET tests = ?, counts = ?, items = ? WHERE id = ?",
        arguments: [merged.count, counts.tests.stored, counts.items.stored, run])
    }
    return .completed(results: max(0, merged.count - stored.count), newTests: newTests)
  }

  /// Results that were kept before legs had the names of all their labels: those of a run with labels get its.
  private func named(_ results: [StoredResult], run: Int64) throws -> [StoredResult] {
    guard results.contains(where: { $0.leg == 0 }) else { return results }
    let leg = try legNumber(LegName(try Self.labels(of: run, database)).text)
    if leg == 0 { return results }
    return results.map { result in
      var result = result
      if result.leg == 0 { result.leg = Int64(leg) }
      return result
    }
    .sorted { ($0.test, $0.leg) < ($1.test, $1.leg) }
  }

  /// The names of the legs that results are of.
  private func legs(of results: [StoredResult]) throws -> [Int64: LegName] {
    var legs: [Int64: LegName] = [:]
    var last: Int64 = -1
    for result in results where result.leg != last {
      last = result.leg
      if legs[last] != nil { continue }
      let name = try String.fetchOne(database, sql: "SELECT name FROM legs WHERE id = ?", arguments: [last])
      legs[last] = LegName(text: name ?? "")
    }
    return legs
  }

  /// The labels of a run that all its legs have.
  static func labels(of run: Int64, _ database: Database) throws -> [String: String] {
    var labels: [String: String] = [:]
    let rows = try Row.fetchAll(
      database, sql: "SELECT name, value FROM labels WHERE run = ? AND value <> ''", arguments: [run])
    for row in rows { labels[row["name"]] = row["value"] }
    return labels
  }

  private func storedResults(of run: Int64) throws -> [StoredResult] {
    let cursor = try ResultCursor(database)
    cursor.begin(run)
    var results: [StoredResult] = []
    while let result = try cursor.next() { results.append(result) }
    return results
  }

  /// Fills in what an earlier report did not say of the run; whether that was anything. Where reports differ, the least
  /// counts, in whatever order they come.
  private func fillIn(_ run: Int64, _ record: RunRecord, _ legs: [Int64: LegName]) throws -> Bool {
    try database.execute(
      sql: """
        UPDATE runs SET sha = min(coalesce(sha, ?1), coalesce(?1, sha)),
          title = min(coalesce(title, ?2), coalesce(?2, title)),
          branch = min(coalesce(branch, ?3), coalesce(?3, branch)),
          started = min(coalesce(started, ?4), coalesce(?4, started)),
          at = iif(?4 IS NOT NULL AND (started IS NULL OR ?4 < started), ?5, at), complete = max(complete, ?6)
        WHERE id = ?7 AND (?1 IS NOT NULL AND (sha IS NULL OR ?1 < sha) OR ?2 IS NOT NULL AND (title IS NULL OR ?2 < title)
          OR ?3 IS NOT NULL AND (branch IS NULL OR ?3 < branch) OR ?4 IS NOT NULL AND (started IS NULL OR ?4 < started)
          OR complete < ?6)
        """,
      arguments: [
        record.commit, record.commitTitle, record.branch, record.startedAt?.milliseconds,
        record.place(received: received),
        record.isComplete, run,
      ])
    let hasNews = database.changesCount > 0
    let hasTime = try fillIn(run, record.took)
    return try fillIn(run, record.labels, legs) || hasNews || hasTime
  }

  /// Fills in how long a run took, where that is surer than what is known; whether it was.
  private func fillIn(_ run: Int64, _ took: RunTime?) throws -> Bool {
    guard let took else { return false }
    try database.execute(
      sql: """
        UPDATE runs SET took = ?1, took_by = ?2
        WHERE id = ?3 AND (took IS NULL OR took_by = ?2 AND took < ?1 OR took_by <> ?2 AND ?2 = 'job')
        """,
      arguments: [took.stored, took.clock.word, run])
    return database.changesCount > 0
  }

  /// Adds labels to a run. One that two legs have differently is none of the run's: it is kept as empty, so that no
  /// third leg brings it back.
  private func fillIn(_ run: Int64, _ labels: [String: String], _ legs: [Int64: LegName]) throws -> Bool {
    var hasNews = false
    let known = try Self.labels(of: run, database)
    for (name, value) in known.merging(labels, uniquingKeysWith: { known, _ in known }) {
      let isCommon =
        (labels[name] ?? value) == value && legs.values.allSatisfy { ($0.labels[name] ?? value) == value }
      try database.execute(
        sql: isCommon
          ? "INSERT OR IGNORE INTO labels VALUES(?, ?, ?)"
          : """
          INSERT INTO labels VALUES(?, ?, ?) ON CONFLICT(run, name) DO UPDATE SET value = excluded.value
          WHERE value <> excluded.value
          """,
        arguments: [run, name, isCommon ? value : ""])
      if database.changesCount > 0 { hasNews = true }
    }
    return hasNews
  }
}

extension RunTime {
  /// Milliseconds, as a store keeps them.
  var stored: Int64 { Int64((seconds * 1000).rounded()) }
}

extension Outcome {
  /// The outcome that a store's number means; a number of no outcome counts as an error, which shows.
  init(stored number: Int64) { self = Outcome(rawValue: UInt8(clamping: number)) ?? .errored }
}
