internal import GRDB
internal import TriageModel

/// Finds the tests of a run in the store by the hashes of their names, and makes those that are new.
struct TestNames {
  let database: Database
  let repository: Int64

  /// Gives each entry its test; the entries are in order of hash. Returns how many tests are new.
  func resolve(_ entries: inout [RunEntry], content: RunContent) throws -> Int {
    guard let first = entries.first, let last = entries.last else { return 0 }
    let known = try Int.fetchOne(database, sql: "SELECT coalesce(max(id), 0) FROM tests") ?? 0
    if known > 0, entries.count > known / 8 {
      try merge(&entries, from: first.hash, to: last.hash)
    } else if known > 0 {
      try lookUp(&entries)
    }
    return try makeNew(&entries, after: Int64(known), content: content)
  }

  /// Reads all known hashes of the range beside the entries: both are in order.
  private func merge(_ entries: inout [RunEntry], from low: Int64, to high: Int64) throws {
    let cursor = try Cursor(
      database, "SELECT hash, id FROM tests INDEXED BY tests_by_hash WHERE hash BETWEEN ? AND ? ORDER BY hash")
    cursor.bind(1, low)
    cursor.bind(2, high)
    var place = 0
    while try cursor.next() {
      let hash = cursor.int(0)
      while place < entries.count, entries[place].hash < hash { place += 1 }
      while place < entries.count, entries[place].hash == hash {
        entries[place].test = cursor.int(1)
        place += 1
      }
      if place == entries.count { break }
    }
    cursor.reset()
  }

  private func lookUp(_ entries: inout [RunEntry]) throws {
    let cursor = try Cursor(database, "SELECT id FROM tests WHERE hash = ?")
    for place in entries.indices {
      cursor.bind(1, entries[place].hash)
      if try cursor.next() { entries[place].test = cursor.int(0) }
      cursor.reset()
    }
  }

  private func makeNew(_ entries: inout [RunEntry], after last: Int64, content: RunContent) throws -> Int {
    let cursor = try Cursor(database, "INSERT INTO tests(id, repository, hash, name) VALUES(?, ?, ?, ?)")
    cursor.bind(2, repository)
    var next = last
    var hash: Int64?
    for place in entries.indices where entries[place].test == 0 {
      if entries[place].hash != hash {
        hash = entries[place].hash
        next += 1
        cursor.bind(1, next)
        cursor.bind(3, hash)
        var outcome = Result<Void, any Error>.success(())
        content.withName(Int(entries[place].row)) { bytes in
          cursor.bind(4, text: bytes)
          outcome = Result { try cursor.run() }
        }
        try outcome.get()
      }
      entries[place].test = next
    }
    return Int(next - last)
  }
}

extension LegNames {
  /// The names of a store's legs.
  convenience init(_ database: Database, isWhole: Bool = false) throws {
    let cursor = try Cursor(database, "SELECT name FROM legs WHERE id = ?")
    var names: [Int64: LegName] = [:]
    self.init(
      isWhole: isWhole,
      name: { number in
        if let name = names[number] { return name }
        cursor.bind(1, number)
        defer { cursor.reset() }
        let name = LegName(text: try cursor.next() ? cursor.text(0) : "")
        names[number] = name
        return name
      },
      labels: { run in try RunWriter.labels(of: run, database).filter { !$0.value.isEmpty } })
  }
}
