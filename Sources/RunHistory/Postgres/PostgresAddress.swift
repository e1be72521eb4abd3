internal import Foundation

/// The address of a history that a team shares in PostgreSQL, as the configuration writes it: `postgres://host/database`.
package struct PostgresAddress: Sendable, Equatable {
  /// The address for libpq, which takes the rest of what it needs from the environment.
  package let text: String

  /// Reads an address; one with a password in it is refused, and not repeated.
  package init(_ text: String) throws(HistoryError) {
    let scheme = text.range(of: "://")
    guard let scheme, ["postgres", "postgresql"].contains(text[..<scheme.lowerBound]) else {
      throw .system("history.store is no address of PostgreSQL, as postgres://host/database")
    }
    if Self.hasPassword(String(text[scheme.upperBound...])) {
      throw .system(
        "history.store has a password in it, which belongs in no file of the repository: take it out, change it, and "
          + "name a file in PGPASSFILE or a service in PGSERVICE, or set PGPASSWORD")
    }
    self.text = text
  }

  /// Host and database, to tell people which one is meant.
  package var name: String {
    var rest = text[(text.range(of: "://")?.upperBound ?? text.startIndex)...].prefix { $0 != "?" }
    if let sign = rest.lastIndex(of: "@") { rest = rest[rest.index(after: sign)...] }
    if rest.first == "/" { rest.removeFirst() }
    let name = String(rest).removingPercentEncoding ?? String(rest)
    return name.isEmpty ? "the PostgreSQL of the environment" : name
  }

  /// A name for the files that belong to the address on this machine.
  package var fileName: String {
    var hash = NameHash(seed: 0)
    Array(text.utf8).withUnsafeBytes { hash.add($0) }
    return String(UInt64(bitPattern: hash.value), radix: 36)
  }

  /// Whether a colon stands before an at sign, whatever is between, or a parameter gives a password.
  private static func hasPassword(_ rest: String) -> Bool {
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let sign = rest.lastIndex(of: "@")
    if let sign, rest[..<sign].contains(":") { return true }
    guard parts.count == 2 else { return false }
    return parts[1].split(separator: "&").contains { parameter in
      let key = parameter.prefix { $0 != "=" }
      let name = (String(key).removingPercentEncoding ?? String(key)).lowercased()
      return name == "password" || name == "sslpassword" || name == "scram_client_key"
    }
  }
}
