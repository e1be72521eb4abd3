package import TriageModel

extension PostgresHistory {
  package func add(
    _ content: RunContent, repository: String, received: Timestamp
  ) throws(HistoryError) -> RunAdded {
    try write { link in
      let number = try Self.lockedNumber(ofRepository: repository, link)
      return try PostgresWriter(link, repository: number, received: content.received(now: received)).add(content)
    }
  }

  /// The number of a repository, which is made where it is new, and its lock until the transaction ends: who writes to
  /// one repository waits for the others that do.
  static func lockedNumber(ofRepository name: String, _ link: PostgresLink) throws -> Int64 {
    try link.ask("INSERT INTO repositories(name) VALUES($1) ON CONFLICT DO NOTHING", .text(name))
    guard let number = try number(ofRepository: name, link) else { throw PostgresError("a repository got no number") }
    try link.ask(
      "SELECT pg_advisory_xact_lock($1::integer, ($2 & 2147483647)::integer)", .int(Int64(lock)), .int(number))
    return number
  }

  /// The number of a repository; nil when it was never heard of.
  static func number(ofRepository name: String, _ link: PostgresLink) throws -> Int64? {
    try link.ask("SELECT id FROM repositories WHERE name = $1", .text(name)).first?.optional(0)
  }

  package func remember(
    causes: [SignatureKey: SignatureKey], in repository: String
  ) throws(HistoryError) {
    if causes.isEmpty { return }
    try write { link in
      let number = try Self.lockedNumber(ofRepository: repository, link)
      let sorted = causes.sorted { $0.key < $1.key }
      try link.ask(
        """
        INSERT INTO causes SELECT $1, key, cause FROM unnest($2, $3) AS new(key, cause) ON CONFLICT DO NOTHING
        """, .int(number), .ints(sorted.map { Int64(bitPattern: $0.key.value) }),
        .ints(sorted.map { Int64(bitPattern: $0.value.value) }))
    }
  }
}
