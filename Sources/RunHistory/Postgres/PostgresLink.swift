internal import CPQ
internal import Foundation

/// One connection to the server. Whoever has it has it alone: `PostgresHistory` gives each to one question at a time.
struct PostgresLink: Sendable {
  /// The connection of libpq, as a number: it may go from thread to thread, one after the other.
  private let handle: UInt
  private let address: PostgresAddress
  private let limits: PostgresLimits
  /// The role that it was made as.
  let user: String
  /// Seconds that the server may take for an answer.
  var seconds: Int

  private var connection: OpaquePointer? { OpaquePointer(bitPattern: handle) }

  /// Connects; what the address does not say comes from libpq's variables, as PGPASSFILE.
  init(_ address: PostgresAddress, _ limits: PostgresLimits) throws(HistoryError) {
    if let words = pq_library_load() { throw .unreachable(address.name, String(cString: words)) }
    self.address = address
    self.limits = limits
    seconds = limits.opening
    let start = ContinuousClock.now
    let connection = Self.withOptions(address) { pq_library_connect($0, $1) }
    guard let connection else { throw .system("there is no memory for a connection") }
    guard pq_library_stands(connection) != 0 else {
      defer { pq_library_finish(connection) }
      // libpq says only that the time is over; how long it was may be the person's own choice.
      let took = (ContinuousClock.now - start).components.seconds
      let words = Self.line(String(cString: pq_library_words(connection))) + (took > 0 ? ", after \(took) s" : "")
      throw .unreachable(Self.host(connection) ?? address.name, "could not connect (\(words))")
    }
    let encoding = pq_library_told(connection, "server_encoding").map { String(cString: $0) } ?? "UTF8"
    guard encoding == "UTF8" else {
      pq_library_finish(connection)
      throw .system("\(address.name) keeps text as \(encoding); a history needs a database with the encoding UTF8")
    }
    handle = UInt(bitPattern: connection)
    user = pq_library_user(connection).map { String(cString: $0) } ?? "?"
  }

  /// Calls `body` with the names and values that a connection is made of.
  private static func withOptions<Value>(
    _ address: PostgresAddress, _ body: ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) -> Value
  ) -> Value {
    var options = [("client_encoding", "UTF8"), ("fallback_application_name", "assay"), ("tcp_user_timeout", "20000")]
    if getenv("PGCONNECT_TIMEOUT") == nil {
      options.append(("connect_timeout", String(PostgresLimits.connecting)))
    }
    // Behind the others: what the address says for itself holds.
    options.append(("dbname", address.text))
    let names = options.map { strdup($0.0) }
    let values = options.map { strdup($0.1) }
    defer { for text in names + values { free(text) } }
    return body(names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil])
  }

  func close() { if let connection { pq_library_finish(connection) } }

  /// Whether it stands, as far as is known.
  var stands: Bool { connection.map { pq_library_stands($0) != 0 } ?? false }

  private static func host(_ connection: OpaquePointer) -> String? {
    pq_library_host(connection).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Words of libpq as one line.
  private static func line(_ words: String) -> String {
    words.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ")
  }
}

// MARK: - Statements

extension PostgresLink {
  /// Carries out statements without parameters.
  func run(_ sql: String) throws {
    guard let connection, pq_library_send_text(connection, sql) != 0 else { throw lost() }
    _ = try answer()
  }

  /// Carries out a statement; its parameters are `$1`, `$2` …
  @discardableResult
  func ask(_ sql: String, _ parameters: PostgresValue...) throws -> PostgresRows { try ask(sql, parameters) }

  /// As above, with parameters of which there may be more or fewer.
  func ask(_ sql: String, _ parameters: [PostgresValue]) throws -> PostgresRows {
    try send(sql, parameters)
    guard let result = try answer() else { throw PostgresError("nothing was answered") }
    return PostgresRows(result)
  }

  private func send(_ sql: String, _ parameters: [PostgresValue]) throws {
    // One buffer for all, so that the pointers into it hold while it is sent; an empty text is no NULL and has a place.
    var all: [UInt8] = []
    var places: [(start: Int, count: Int)?] = []
    for parameter in parameters {
      let bytes = parameter.bytes
      places.append(bytes.map { (all.count, $0.count) })
      all += (bytes ?? []) + [0]
    }
    let isSent = all.withUnsafeBytes { buffer in
      pq_library_send(
        connection, sql, Int32(parameters.count), parameters.map(\.type),
        places.map { place in
          place.flatMap { buffer.baseAddress?.advanced(by: $0.start).assumingMemoryBound(to: CChar.self) }
        }, places.map { Int32(clamping: $0?.count ?? 0) })
    }
    guard isSent != 0 else { throw lost() }
  }

  /// Sends rows to a table, `COPY … FROM STDIN (FORMAT binary)`; `fill` gives them part by part, and false at the end.
  func copy(_ sql: String, _ fill: (inout PostgresBuffer) throws -> Bool) throws {
    guard let connection, pq_library_send(connection, sql, 0, nil, nil, nil) != 0 else { throw lost() }
    guard let result = try next(connection) else { throw lost() }
    defer { pq_library_clear(result) }
    guard Int(pq_library_status(result)) == pq_copy_in else {
      defer { _ = try? answer() }
      throw PostgresError(result)
    }
    var buffer = PostgresBuffer(bytes: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    var goesOn = true
    repeat {
      goesOn = try fill(&buffer)
      if !goesOn { buffer.add(Int16(-1)) }
      try send(buffer.bytes, connection)
      buffer.bytes.removeAll(keepingCapacity: true)
    } while goesOn
    guard pq_library_end_copy(connection) != 0 else { throw lost() }
    _ = try answer()
  }

  /// Sends a part of a table; a server that takes its time is waited for as long as it answers others.
  private func send(_ bytes: [UInt8], _ connection: OpaquePointer) throws {
    var rest = bytes
    var waited = 0
    while true {
      var isLate: Int32 = 0
      let wait = milliseconds(limits.silence)
      // Of no bytes, what is left of those before is sent.
      let isSent = rest.withUnsafeBytes { pq_library_copy(connection, $0.baseAddress, $0.count, wait, &isLate) }
      if isSent != 0 { return }
      if isLate == 0 { throw lost() }
      rest = []
      waited += limits.silence
      if waited >= seconds + limits.grace { throw late("it did not take all for \(waited) s") }
      if !isThere { throw late("it did not take all for \(waited) s, and no new connection gets an answer") }
    }
  }

  /// Whether the server answers a new connection.
  private var isThere: Bool { Self.withOptions(address) { pq_library_lives($0, $1) != 0 } }

  /// The last answer to what was sent; the first bad one is thrown.
  @discardableResult
  private func answer() throws -> OpaquePointer? {
    guard let connection else { throw lost() }
    var last: OpaquePointer?
    var failure: PostgresError?
    var isGiven = false
    defer { if let last, !isGiven { pq_library_clear(last) } }
    while let result = try next(connection) {
      let status = Int(pq_library_status(result))
      if status != pq_command_done, status != pq_rows, failure == nil {
        failure = PostgresError(result)
      }
      if let last { pq_library_clear(last) }
      last = result
      // A COPY that nobody feeds would be answered for ever.
      if status == pq_copy_in { break }
    }
    if let failure { throw failure.message.isEmpty ? lost() : failure }
    isGiven = true
    return last
  }

  /// The next answer, nil behind the last. Nobody is waited for who answers nobody: a server that is silent for a while is
  /// asked by another connection whether it is there.
  private func next(_ connection: OpaquePointer) throws -> OpaquePointer? {
    let most = seconds + limits.grace
    var waited = 0
    while true {
      let part = min(limits.silence, most - waited)
      var isLate: Int32 = 0
      let result = pq_library_answer(connection, milliseconds(part), &isLate)
      if isLate == 0 { return result }
      waited += part
      if waited >= most { throw late("nothing came for \(waited) s") }
      if !isThere {
        throw late("nothing came for \(waited) s, and no new connection gets an answer")
      }
    }
  }

  private func milliseconds(_ seconds: Int) -> Int32 { Int32(clamping: seconds * 1000) }

  private func lost() -> PostgresError {
    PostgresError(connection.map { Self.line(String(cString: pq_library_words($0))) } ?? "it is closed")
  }

  /// What comes later is nobody's: the connection is let go of.
  private func late(_ words: String) -> PostgresError { PostgresError(code: PostgresError.late, words) }
}
