internal import TriageModel

/// Adds one run inside a transaction that has the repository's lock.
final class PostgresWriter: RunWriting {
  /// Names that one statement looks up or adds.
  private static let part = 20_000
  /// Texts of failures that one statement adds.
  private static let texts = 2000

  private let link: PostgresLink
  let repository: Int64
  let received: Timestamp
  /// The legs of the repository, read when the first is asked for.
  private var legs: [String: Int32]?

  init(_ link: PostgresLink, repository: Int64, received: Timestamp) {
    self.link = link
    self.repository = repository
    self.received = received
  }

  func number(of identity: RunIdentity) throws -> Int64? {
    try link.ask(
      "SELECT id FROM runs WHERE repository = $1 AND source = $2 AND name = $3 AND attempt = $4", .int(repository),
      .text(identity.source), .text(identity.id), .int(Int64(identity.attempt))
    ).first?.optional(0)
  }

  func countUp() throws {
    try link.ask("UPDATE repositories SET version = version + 1 WHERE id = $1", .int(repository))
  }

  // MARK: - Legs

  func number(ofLeg name: String) throws -> Int32 {
    if name.isEmpty { return 0 }
    if legs == nil { legs = try knownLegs() }
    if let number = legs?[name] { return number }
    let rows = try link.ask(
      "INSERT INTO legs(repository, name) VALUES($1, $2) RETURNING id", .int(repository), .text(name))
    guard let number = rows.first.map({ Int32(clamping: $0.int(0)) }) else {
      throw PostgresError("a leg got no number")
    }
    legs?[name] = number
    return number
  }

  private func knownLegs() throws -> [String: Int32] {
    var legs: [String: Int32] = [:]
    for row in try link.ask("SELECT name, id FROM legs WHERE repository = $1", .int(repository)) {
      legs[row.text(0)] = Int32(clamping: row.int(1))
    }
    return legs
  }

  func names(ofLegs legs: Set<Int64>) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    for row in try link.ask("SELECT id, name FROM legs WHERE id = ANY($1)", .ints(legs.sorted())) {
      names[row.int(0)] = row.text(1)
    }
    return names
  }

  // MARK: - Tests

  func resolve(_ entries: inout [RunEntry], of content: RunContent) throws -> Int {
    var newTests = 0
    var start = 0
    while start < entries.count {
      var end = min(entries.count, start + Self.part)
      while end < entries.count, entries[end].hash == entries[end - 1].hash { end += 1 }
      try find(&entries, start..<end)
      newTests += try make(&entries, start..<end, content)
      start = end
    }
    return newTests
  }

  /// Gives a part of the entries the tests that are known; both are in order of hash.
  private func find(_ entries: inout [RunEntry], _ part: Range<Int>) throws {
    give(
      try link.ask(
        "SELECT hash, id FROM tests WHERE repository = $1 AND hash = ANY($2) ORDER BY hash", .int(repository),
        .ints(hashes(entries, part))), to: &entries, part)
  }

  private func make(_ entries: inout [RunEntry], _ part: Range<Int>, _ content: RunContent) throws -> Int {
    var hashes: [Int64] = []
    var names: [String] = []
    for place in part where entries[place].test == 0 && entries[place].hash != hashes.last {
      hashes.append(entries[place].hash)
      content.withName(Int(entries[place].row)) { names.append(String(decoding: $0, as: UTF8.self)) }
    }
    if hashes.isEmpty { return 0 }
    let rows = try link.ask(
      """
      WITH made AS (
        INSERT INTO tests(repository, hash, name) SELECT $1, hash, name FROM unnest($2, $3) AS new(hash, name)
        ORDER BY hash RETURNING hash, id)
      SELECT hash, id FROM made ORDER BY hash
      """, .int(repository), .ints(hashes), .texts(names))
    give(rows, to: &entries, part)
    return rows.count
  }

  private func hashes(_ entries: [RunEntry], _ part: Range<Int>) -> [Int64] {
    var hashes: [Int64] = []
    hashes.reserveCapacity(part.count)
    for place in part where entries[place].hash != hashes.last { hashes.append(entries[place].hash) }
    return hashes
  }

  private func give(_ rows: PostgresRows, to entries: inout [RunEntry], _ part: Range<Int>) {
    var place = part.lowerBound
    for number in 0..<rows.count {
      let (hash, test) = (rows[number].int(0), rows[number].int(1))
      while place < part.upperBound, entries[place].hash < hash { place += 1 }
      while place < part.upperBound, entries[place].hash == hash {
        entries[place].test = test
        place += 1
      }
    }
  }

  func itemKinds() throws -> [Int64: String] {
    var kinds: [Int64: String] = [:]
    for row in try link.ask("SELECT id, kind FROM tests WHERE repository = $1 AND kind IS NOT NULL", .int(repository)) {
      kinds[row.int(0)] = row.text(1)
    }
    return kinds
  }

  // MARK: - The run

  func insert(_ run: KeptRun, _ identity: RunIdentity, _ counts: StoredCounts) throws -> Int64 {
    let rows = try link.ask(
      """
      INSERT INTO runs(repository, source, name, attempt, received, at, complete, tests, counts, items)
      VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
      """, .int(repository), .text(identity.source), .text(identity.id), .int(Int64(identity.attempt)),
      .int(received.milliseconds), .int(run.time), .bool(run.isComplete), .int(Int64(counts.results)),
      .text(counts.tests), .text(counts.items))
    guard let number = rows.first?.int(0) else { throw PostgresError("a run got no number") }
    try update(number, run)
    return number
  }

  func kept(_ run: Int64) throws -> (run: KeptRun, hasItems: Bool) {
    let rows = try link.ask(
      "SELECT sha, title, branch, started, at, complete, took, took_by, items <> '' FROM runs WHERE id = $1", .int(run))
    guard let row = rows.first else { throw PostgresError("a run is gone") }
    return (KeptRun(row, labels: try PostgresHistory.labels(of: run, link)), row.int(8) != 0)
  }

  func update(_ number: Int64, _ run: KeptRun) throws {
    try link.ask(
      """
      UPDATE runs SET sha = $2, title = $3, branch = $4, started = $5, at = $6, complete = $7, took = $8, took_by = $9
      WHERE id = $1
      """, .int(number), .text(run.commit), .text(run.title), .text(run.branch), .int(run.started), .int(run.time),
      .bool(run.isComplete), .int(run.took?.stored), .text(run.took?.clock.word))
    let labels = run.labels.sorted { $0.key < $1.key }
    try link.ask(
      """
      INSERT INTO labels SELECT $1, name, value FROM unnest($2, $3) AS new(name, value)
      ON CONFLICT(run, name) DO UPDATE SET value = excluded.value
      """, .int(number), .texts(labels.map(\.key)), .texts(labels.map(\.value)))
  }

  func update(_ number: Int64, _ counts: StoredCounts) throws {
    try link.ask(
      "UPDATE runs SET tests = $2, counts = $3, items = $4 WHERE id = $1", .int(number), .int(Int64(counts.results)),
      .text(counts.tests), .text(counts.items))
  }

  // MARK: - Results

  func insert(_ results: some RandomAccessCollection<StoredResult>, run: Int64) throws {
    var rest = results[...]
    let columns = "run, test, leg, outcome, attempts, duration, signature"
    try link.copy("COPY results(\(columns)) FROM STDIN (FORMAT binary)") { buffer in
      for result in rest.prefix(2000) {
        buffer.add(Int16(7))
        buffer.addField(run)
        buffer.addField(result.test)
        buffer.addField(Int32(clamping: result.leg))
        buffer.addField(Int16(result.outcome.rawValue))
        buffer.addField(result.attempts)
        buffer.addField(result.duration)
        buffer.addField(result.signature)
      }
      rest = rest.dropFirst(2000)
      return !rest.isEmpty
    }
  }

  func deleteResults(of run: Int64) throws { try link.ask("DELETE FROM results WHERE run = $1", .int(run)) }

  func results(of run: Int64) throws -> () throws -> StoredResult? { ResultPages(link, of: run).next }

  func keep(_ items: ItemEntries, run: Int64) throws {
    if !items.added.isEmpty {
      let added = items.added.sorted { $0.key < $1.key }
      try link.ask(
        """
        UPDATE tests SET kind = new.kind FROM unnest($1, $2) AS new(id, kind)
        WHERE tests.id = new.id AND tests.kind IS DISTINCT FROM new.kind
        """, .ints(added.map(\.key)), .texts(added.map(\.value)))
    }
    // A test may come twice in a leg: the last counts.
    var measures: [[Int64]: Double] = [:]
    for measure in items.measures { measures[[measure.test, measure.leg]] = measure.value }
    if measures.isEmpty { return }
    let sorted = measures.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    try link.ask(
      """
      INSERT INTO measures SELECT $1, test, leg, value FROM unnest($2, $3, $4) AS new(test, leg, value)
      ON CONFLICT(run, test, leg) DO UPDATE SET value = excluded.value
      """, .int(run), .ints(sorted.map { $0.key[0] }), .ints(sorted.map { $0.key[1] }), .doubles(sorted.map(\.value)))
  }

  func keep(_ texts: [SignatureKey: RunContent.SignatureText]) throws {
    let sorted = texts.sorted { $0.key < $1.key }
    for start in stride(from: 0, to: sorted.count, by: Self.texts) {
      let part = sorted[start..<min(sorted.count, start + Self.texts)]
      try link.ask(
        """
        INSERT INTO signatures SELECT $1, key, title, text, $5 FROM unnest($2, $3, $4) AS new(key, title, text)
        ON CONFLICT DO NOTHING
        """, .int(repository), .ints(part.map { Int64(bitPattern: $0.key.value) }), .texts(part.map(\.value.title)),
        .texts(part.map(\.value.text)), .int(Int64(SignatureKey.masking)))
    }
  }

  func keep(_ verdicts: [(hash: Int64, label: Verdict.Label)], run: Int64) throws {
    try link.ask(
      """
      INSERT INTO verdicts SELECT $1, tests.id, label FROM unnest($2, $3) AS new(hash, label)
      JOIN tests ON repository = $4 AND tests.hash = new.hash ON CONFLICT DO NOTHING
      """, .int(run), .ints(verdicts.map(\.hash)), .texts(verdicts.map(\.label.word)), .int(repository))
  }
}
