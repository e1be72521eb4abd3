import Foundation
import TestSupport
import Testing

/// A CI service on the loopback, the program that asks it, and the token that nobody else may see.
struct CIFlow {
  /// A token that is found wherever it leaks to.
  static let token = "ghp_s3cr3tZ9x8y7w6v5u4t"

  let service: LoopbackService
  let program: Program
  /// The variables of the service.
  var variables: [String: String] = [:]

  /// A service that plays routes, asked with variables in which `{here}` is its address.
  init(_ routes: String, files: [String: [UInt8]] = [:], _ variables: [String: String]) throws {
    service = try LoopbackService(routes, files: files)
    program = try Program()
    for (name, value) in variables {
      self.variables[name] = value.replacingOccurrences(of: "{here}", with: service.here)
    }
  }

  /// Runs the program, `{here}` in its arguments being the service.
  func run(_ arguments: String...) throws -> Shell.Result { try run(arguments) }

  private func run(_ arguments: [String]) throws -> Shell.Result {
    let settings = variables.map { $0.key + "=" + $0.value }
    let words = arguments.map { $0.replacingOccurrences(of: "{here}", with: service.here) }
    return try program.shell(["env"] + settings + [Program.path()] + words)
  }

  /// The same; of a token nothing is in its output, in any file it left, or at the storage.
  func checked(_ arguments: String...) throws -> Shell.Result {
    let result = try run(arguments)
    #expect(!(result.output + result.errors).contains(Self.token))
    for file in Files.all(in: program.folder) { #expect(!Files.text(file).contains(Self.token), "\(file)") }
    // The storage is another host: whoever asks it says nothing of who asks.
    for seen in service.seen where seen.host == "localhost" {
      #expect(!seen.headers.values.contains { $0.contains(Self.token) }, "\(seen.path)")
    }
    return result
  }

  /// Starts the program, to be killed while it works.
  func start(_ arguments: String...) throws -> StartedProgram {
    var environment = ["HOME": program.folder, "LC_ALL": "C.UTF-8"]
    for name in ["PATH", "TMPDIR", "LD_LIBRARY_PATH"] { environment[name] = ProcessInfo.processInfo.environment[name] }
    let words = arguments.map { $0.replacingOccurrences(of: "{here}", with: service.here) }
    return try StartedProgram(
      [Program.path()] + words, environment: environment.merging(variables) { $1 }, directory: program.folder)
  }

  /// A zip of files, as services make them.
  static func zip(_ files: [String: String], isPacked: Bool = false) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let script = """
      import json, sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
          for name, text in sorted(json.load(sys.stdin).items()):
              out.writestr(zipfile.ZipInfo(name, (2026, 11, 17, 11, 20, 0)), text, int(sys.argv[2]))
      """
    let input = String(decoding: try JSONEncoder().encode(files), as: UTF8.self)
    let result = Shell.run(["python3", "-c", script, folder.at("a.zip"), isPacked ? "8" : "0"], input: input)
    try #require(result.status == 0, "\(result.errors)")
    return Files.bytes(folder.at("a.zip"))
  }

  /// A report with a test that passes and one that fails, or only the first.
  static func junit(fails: Bool = true) -> String {
    let failing =
      #"<testcase classname="tests.test_a" name="test_two"><failure message="assert 1 == 2">E assert</failure></testcase>"#
    return
      #"<testsuites><testsuite name="pytest" tests="2" failures="\#(fails ? 1 : 0)" timestamp="2026-11-17T11:15:00">"#
      + #"<testcase classname="tests.test_a" name="test_one" time="0.1"/>"# + (fails ? failing : "")
      + "</testsuite></testsuites>"
  }
}
