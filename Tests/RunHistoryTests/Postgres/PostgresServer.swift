internal import Foundation
@testable internal import RunHistory
internal import Synchronization

/// A PostgreSQL server of the tests' own on a socket in a folder of its own, started once; it ends with the tests.
final class PostgresServer: Sendable {
  /// The server; nil where PostgreSQL is not installed, or does not start.
  static let shared = PostgresServer()

  /// Where PostgreSQL is installed, as `initdb` beside `pg_ctl`.
  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
    let folders =
      versions.sorted(by: >).map { "\(root)/\($0)/bin" }
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.first { folder in
      ["initdb", "pg_ctl", "postgres"].allSatisfy { FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }
    }
  }()

  /// Starts the server as another person where it is root that asks, says so in a line, and ends it when its standard
  /// input does: however the tests end.
  private static let script = """
    folder=$1 programs=$2
    if [ "$(id -u)" -eq 0 ]; then
      person=postgres; id "$person" >/dev/null 2>&1 || person=nobody
      chown "$person" "$folder"
      set -- setpriv --reuid="$person" --regid="$(id -g "$person")" --clear-groups
    else
      set --
    fi
    cd "$folder"
    "$@" "$programs/initdb" -D "$folder/data" -U assay -A trust -E UTF8 --locale=C -N >"$folder/words" 2>&1 &&
    "$@" "$programs/pg_ctl" start -w -D "$folder/data" -l "$folder/log" -o "-k $folder -c listen_addresses='' -c fsync=off \\
      -c synchronous_commit=off -c full_page_writes=off -c max_connections=80" >>"$folder/words" 2>&1 </dev/null &&
    echo started
    read -r line
    "$@" "$programs/pg_ctl" stop -m immediate -D "$folder/data" >/dev/null 2>&1
    rm -rf "$folder"
    """

  /// The folder of the socket.
  let folder: String
  private let count = Mutex(0)
  private let unused = Mutex<[String]>([])
  /// Held open: the server lives as long.
  private let input = Pipe()

  private init?() {
    guard let programs = Self.programs else { return nil }
    // A socket's path has at most a hundred bytes.
    var template = Array("/tmp/assay-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", Self.script, "sh", folder, programs]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil, output.fileHandleForReading.availableData == Data("started\n".utf8),
      (try? make("assay_template")) != nil
    else { return nil }
  }

  /// The address of a database.
  func address(_ database: String, user: String = "assay") -> String {
    "postgres:///\(database)?host=\(folder)&user=\(user)"
  }

  /// Asks as the one who may do everything.
  func run(_ sql: String, in database: String = "postgres") throws {
    let link = try PostgresLink(PostgresAddress(address(database)))
    defer { link.close() }
    try link.run(sql)
  }

  /// A number that a statement gives.
  func number(_ sql: String, in database: String) throws -> Int64? {
    let link = try PostgresLink(PostgresAddress(address(database)))
    defer { link.close() }
    return try link.ask(sql).first?.optional(0)
  }

  /// A history without a run: one that another test is done with, else a new one; making one takes a third of a second.
  func borrow() throws -> String { try unused.withLock { $0.popLast() } ?? database() }

  /// Takes a history back that was borrowed, for the next test.
  func giveBack(_ database: String) {
    let tables = [
      "repositories", "runs", "labels", "tests", "legs", "results", "signatures", "causes", "rekeyed", "measures",
      "verdicts",
    ]
    guard (try? run(tables.map { "DELETE FROM assay.\($0)" }.joined(separator: ";"), in: database)) != nil else {
      return
    }
    unused.withLock { $0.append(database) }
  }

  /// Makes the database that the others are copies of: a history without a run.
  private func make(_ template: String) throws {
    try run("CREATE DATABASE \(template)")
    let own = TemporaryStore()
    _ = try PostgresHistory(PostgresAddress(address(template)), own: own.open())
  }

  /// A new database: a history without a run, or without anything.
  func database(isEmpty: Bool = false) throws -> String {
    let number = count.withLock {
      $0 += 1
      return $0
    }
    try run("CREATE DATABASE history_\(number) TEMPLATE \(isEmpty ? "template0" : "assay_template")")
    return "history_\(number)"
  }
}
