internal import Synchronization
package import TriageModel

extension PostgresHistory {
  package func snapshot(of repository: String) throws(HistoryError) -> HistorySnapshot {
    try read { try snapshot(of: repository, $0) }
  }

  package func received(_ run: RunKey) throws(HistoryError) -> Int64? {
    try read { link in
      try link.ask("SELECT received FROM runs WHERE id = $1 AND at = received", .int(run.token)).first?.optional(0)
    }
  }

  /// The runs of a repository; read only when they are not what they were.
  func snapshot(of repository: String, _ link: PostgresLink) throws -> HistorySnapshot {
    let rows = try link.ask("SELECT id, version FROM repositories WHERE name = $1", .text(repository))
    guard let row = rows.first else { return HistorySnapshot(version: 0, runs: [], times: []) }
    let version = row.int(1)
    if let known = snapshots.withLock({ $0[repository] }), known.version == version { return known }
    var labels: [Int64: [String: String]] = [:]
    let labelRows = try link.ask(
      """
      SELECT run, labels.name, value FROM labels JOIN runs ON runs.id = run WHERE value <> '' AND repository = $1
      """, .int(row.int(0)))
    for label in labelRows { labels[label.int(0), default: [:]][label.text(1)] = label.text(2) }
    let runRows = try link.ask(
      """
      SELECT \(RunRecord.columns) FROM runs WHERE repository = $1
      ORDER BY at DESC, octet_length(name) DESC, name DESC, source DESC, attempt DESC
      """, .int(row.int(0)))
    let runs = runRows.map { row in
      var record = RunRecord(row)
      if let labels = labels[record.key.token] { record.labels = labels }
      return record
    }
    let snapshot = HistorySnapshot(version: version, runs: runs, times: runRows.map { $0.int(8) })
    snapshots.withLock { $0[repository] = snapshot }
    return snapshot
  }

  package func tests(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [RunTest] {
    try read { link in
      let legs = legNames(link)
      return try link.ask(
        """
        SELECT tests.name, leg FROM results JOIN tests ON tests.id = test WHERE run = $1 AND kind IS NULL
        ORDER BY test, leg LIMIT $2
        """, .int(run.token), .int(Int64(max(0, limit)))
      ).map { RunTest(name: $0.text(0), leg: try legs.shown($0.int(1), in: run.token)) }
    }
  }

  package func compare(
    _ before: RunKey, _ after: RunKey, limit: Int, where isWanted: ((String) -> Bool)?
  ) throws(HistoryError) -> RunComparison {
    try read { link in
      let legs = legNames(link)
      func side(_ run: RunKey) -> RunSide {
        let pages = ResultPages(link, of: run.token)
        return RunSide(run: run, next: { try pages.next() }, legName: { try legs.shown($0, in: run.token) })
      }
      let names = TestNamesAhead(link)
      var join = try RunJoin(side(before), side(after), limit: limit) { try names.name($0) }
      try join.walk(isWanted)
      return try join.comparison()
    }
  }

  package func tests(fitting text: String, in repository: String) throws(HistoryError) -> [String] {
    try read { link in
      let parts = try link.ask(
        """
        SELECT tests.name FROM tests JOIN repositories r ON r.id = repository
        WHERE r.name = $1 AND strpos(lower(tests.name), lower($2 COLLATE "C")) > 0
        ORDER BY right(tests.name, length($2)) <> $2, tests.name LIMIT 100
        """, .text(repository), .text(text)
      ).map { $0.text(0) }
      let ends = parts.filter { $0.hasSuffix(text) }
      return ends.isEmpty ? parts : ends
    }
  }
}

// MARK: - Legs

extension PostgresHistory {
  /// Legs that are read with one that is not known: those that were made with it are asked for next.
  private static let legsAhead: Int64 = 500

  /// The names of legs, in a transaction.
  func legNames(_ link: PostgresLink, isWhole: Bool = false, runs: [RunRecord] = []) -> LegNames {
    var labels: [Int64: [String: String]] = [:]
    for run in runs { labels[run.key.token] = run.labels }
    return LegNames(
      isWhole: isWhole, name: { try self.leg($0, link) },
      labels: { run in try labels[run] ?? Self.labels(of: run, link).filter { !$0.value.isEmpty } })
  }

  private func leg(_ number: Int64, _ link: PostgresLink) throws -> LegName {
    if let leg = legs.withLock({ $0[number] }) { return leg }
    let rows = try link.ask(
      "SELECT id, name FROM legs WHERE id >= $1 ORDER BY id LIMIT $2", .int(number), .int(Self.legsAhead))
    let found = rows.map { ($0.int(0), LegName(text: $0.text(1))) }
    return legs.withLock { legs in
      for (number, leg) in found { legs[number] = leg }
      return legs[number] ?? LegName(text: "")
    }
  }

  /// The labels of a run; one that its legs have differently is empty.
  static func labels(of run: Int64, _ link: PostgresLink) throws -> [String: String] {
    var labels: [String: String] = [:]
    for row in try link.ask("SELECT name, value FROM labels WHERE run = $1", .int(run)) {
      labels[row.text(0)] = row.text(1)
    }
    return labels
  }
}

/// The names of tests, read with those that stand near them: a comparison asks for them in the order of their numbers.
private final class TestNamesAhead {
  private static let ahead: Int64 = 2000

  private let link: PostgresLink
  private var names: [Int64: String] = [:]

  init(_ link: PostgresLink) { self.link = link }

  func name(_ test: Int64) throws -> String {
    if let name = names[test] { return name }
    if names.count > 50 * Int(Self.ahead) { names.removeAll() }
    let rows = try link.ask(
      "SELECT id, name FROM tests WHERE id >= $1 ORDER BY id LIMIT $2", .int(test), .int(Self.ahead))
    for row in rows { names[row.int(0)] = row.text(1) }
    let name = names[test] ?? ""
    names[test] = name
    return name
  }
}
