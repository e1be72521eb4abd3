internal import Foundation
internal import Synchronization

/// A PostgreSQL server of the tests' own on a socket in a folder of its own; it ends when it is let go of, or with the tests.
package final class PostgresServer: Sendable {
  /// The server that most tests share, started once; nil where PostgreSQL is not installed, or does not start.
  package static let shared = PostgresServer()

  /// Where PostgreSQL is installed, as `initdb` beside `pg_ctl`.
  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
    let folders =
      versions.sorted(by: >).map { "\(root)/\($0)/bin" }
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.first { folder in
      ["initdb", "pg_ctl", "postgres", "psql"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: folder + "/" + $0)
      }
    }
  }()

  /// Starts the server as another person where it is root that asks, says so in a line, and ends it when its standard
  /// input does: however the tests end.
  private static let script = """
    folder=$1 programs=$2 primary=$3
    if [ "$(id -u)" -eq 0 ]; then
      person=postgres; id "$person" >/dev/null 2>&1 || person=nobody
      chown "$person" "$folder"
      set -- setpriv --reuid="$person" --regid="$(id -g "$person")" --clear-groups
    else
      set --
    fi
    cd "$folder"
    if [ -n "$primary" ]; then
      "$@" "$programs/pg_basebackup" -h "$primary" -U assay -D "$folder/data" -R -c fast >"$folder/words" 2>&1
    else
      "$@" "$programs/initdb" -D "$folder/data" -U assay -A trust -E UTF8 --locale=C -N >"$folder/words" 2>&1
    fi &&
    "$@" "$programs/pg_ctl" start -w -D "$folder/data" -l "$folder/log" -o "-k $folder -c listen_addresses='' -c fsync=off \\
      -c synchronous_commit=off -c full_page_writes=off -c max_connections=80" >>"$folder/words" 2>&1 </dev/null &&
    echo started
    read -r line
    "$@" "$programs/pg_ctl" stop -m immediate -D "$folder/data" >/dev/null 2>&1
    rm -rf "$folder"
    """

  /// The folder of the socket.
  package let folder: String
  private let count = Mutex(0)
  private let unused = Mutex<[String]>([])
  /// Held open: the server lives as long.
  private let input = Pipe()

  /// Starts a server.
  ///
  /// - Parameter primary: The server that it follows as a hot standby, with all that is in that one now.
  package init?(following primary: PostgresServer? = nil) {
    guard let programs = Self.programs else { return nil }
    // A socket's path has at most a hundred bytes.
    var template = Array("/tmp/assay-pg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", Self.script, "sh", folder, programs, primary?.folder ?? ""]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil, output.fileHandleForReading.availableData == Data("started\n".utf8)
    else { return nil }
  }

  deinit { try? input.fileHandleForWriting.close() }

  /// The address of a database.
  package func address(_ database: String, user: String = "assay") -> String {
    "postgres:///\(database)?host=\(folder)&user=\(user)"
  }

  /// Asks as the one who may do everything; what the server says of a mistake is thrown.
  @discardableResult
  package func run(_ sql: String, in database: String = "postgres") throws -> String {
    let answer = Shell.run([
      (Self.programs ?? "") + "/psql", "-h", folder, "-U", "assay", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAtX",
      "-c", sql,
    ])
    if answer.status != 0 { throw Mistake(words: answer.errors) }
    return answer.output
  }

  /// A number that a statement gives.
  package func number(_ sql: String, in database: String) throws -> Int? {
    Int(try run(sql, in: database).filter { !$0.isWhitespace })
  }

  private struct Mistake: Error { let words: String }

  /// A database that another test is done with, or a new one; making one takes a third of a second.
  package func borrow() throws -> String { try unused.withLock { $0.popLast() } ?? database() }

  /// Takes a database back that was borrowed, for the next test; a history that is in it has no run then.
  package func giveBack(_ database: String) {
    let empty = """
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'assay' AND tablename <> 'schema' LOOP
          EXECUTE 'DELETE FROM assay.' || quote_ident(name);
        END LOOP;
      END $$
      """
    if (try? run(empty, in: database)) != nil { unused.withLock { $0.append(database) } }
  }

  /// A new database without anything in it.
  package func database() throws -> String {
    let number = count.withLock {
      $0 += 1
      return $0
    }
    try run("CREATE DATABASE history_\(number)")
    return "history_\(number)"
  }
}
