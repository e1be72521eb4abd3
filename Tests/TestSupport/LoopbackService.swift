internal import Foundation

/// A server on the loopback that plays recorded answers (`loopback_service.py` says how), for as long as it is held.
package final class LoopbackService {
  /// What a skipped test says.
  package static let absence = "python3 is not here"
  /// Whether servers can be started.
  package static let isAvailable = Shell.run(["python3", "-c", "import http.server"]).status == 0

  /// A question as it was asked.
  package struct Seen: Decodable, Sendable {
    /// `GET` and others.
    package var method: String
    /// The path with its query.
    package var path: String
    /// What was sent along.
    package var body: String
    /// The header lines.
    package var headers: [String: String]

    /// The value of a header line, whatever the case of its name.
    package subscript(_ name: String) -> String? { headers.first { $0.key.lowercased() == name.lowercased() }?.value }
    /// The host that was asked.
    package var host: String { String((self["host"] ?? "").prefix { $0 != ":" }) }
  }

  private let folder: TemporaryFolder
  private let process = Process()
  private let input = Pipe()
  /// The port that it listens on.
  package let port: Int

  /// Starts a server that plays routes, a JSON list.
  package init(_ routes: String, files: [String: [UInt8]] = [:]) throws {
    folder = try TemporaryFolder()
    try folder.write("routes.json", routes)
    for (name, bytes) in files { try folder.write(name, bytes) }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", Files.packageRoot + "/Tests/TestSupport/loopback_service.py", folder.path]
    process.standardInput = input
    try process.run()
    let path = folder.at("port")
    // It says by this file that it listens; a test that waits in vain is ended by its runner.
    while process.isRunning, !Files.exists(path) { poll(nil, 0, 5) }
    port = Int(Files.text(path)) ?? 0
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The server as one host.
  package var here: String { "http://127.0.0.1:\(port)" }
  /// The same server as another host.
  package var there: String { "http://localhost:\(port)" }

  /// Plays other routes from now on.
  package func play(_ routes: String, files: [String: [UInt8]] = [:]) throws {
    for (name, bytes) in files { try folder.write(name, bytes) }
    try folder.write("routes.json", routes)
  }

  /// What it was asked so far.
  package var seen: [Seen] {
    Files.text(folder.at("seen.jsonl")).split(separator: "\n").compactMap { line in
      try? JSONDecoder().decode(Seen.self, from: Data(line.utf8))
    }
  }
}
