/// Seconds that a server is waited for.
struct PostgresLimits: Sendable {
  /// For a connection, to each of the addresses that a host has; `PGCONNECT_TIMEOUT` and the address may say otherwise.
  static let connecting = 4

  /// For what takes no time: to open the history, and to begin.
  var opening = 10
  /// For an answer.
  var reading = 60
  /// For a statement of an addition.
  var writing = 600
  /// Of a writer for others.
  var waiting = 120
  /// What an answer may take beyond what the server itself allows it.
  var grace = 10
  /// Without a sign of the server, until it is asked whether it is there, or given up where it takes nothing.
  var silence = 15
}
