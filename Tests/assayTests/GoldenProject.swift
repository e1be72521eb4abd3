import Foundation
import TestSupport
import Testing

/// A project with goldens of pytest-regressions, a run that changed them all, and a state folder, for the built program.
struct GoldenProject {
  let folder: TemporaryFolder
  let names: [String]
  let size: Int

  init(count: Int = 6, size: Int = 200) throws {
    folder = try TemporaryFolder()
    names = (0..<count).map { "test_golden_\($0)" }
    self.size = size
    try folder.makeFolder("project/.git")
    var cases = ""
    for name in names {
      cases += "<testcase classname='tests.test_m' name='\(name)'><failure message='differs'>x</failure></testcase>"
      try folder.write("run/basetemp/\(name)0/\(name).csv", bytes(name, "old"))
      try folder.write("run/basetemp/\(name)0/\(name).obtained.csv", bytes(name, "new"))
    }
    try folder.write(
      "run/junit.xml", "<testsuite name='pytest' tests='\(count)' failures='\(count)'>\(cases)</testsuite>")
    try reset()
  }

  /// The bytes of a golden: before the run's change (`old`) or after it (`new`).
  func bytes(_ name: String, _ version: String) -> [UInt8] {
    var text = "number,word\n"
    var line = 0
    while text.utf8.count < size {
      text += "\(line),\(name) \(version)\n"
      line += 1
    }
    return Array(text.utf8)
  }

  func golden(_ name: String) -> String { "tests/test_m/\(name).csv" }

  /// Everything as before the first decision.
  func reset() throws {
    for part in ["project/.assay", "state"] { try? FileManager.default.removeItem(atPath: folder.at(part)) }
    for name in names { try folder.write("project/" + golden(name), bytes(name, "old")) }
  }

  /// Which version each golden has: `old`, `new` or `torn`.
  var versions: [String] {
    names.map { name in
      let found = Files.bytes(folder.at("project/" + golden(name)))
      return ["old", "new"].first { bytes(name, $0) == found } ?? "torn"
    }
  }

  /// The files of the project besides the goldens.
  var others: [String] {
    let goldens = Set(names.map(golden))
    return Files.all(in: folder.at("project")).map { String($0.dropFirst(folder.at("project/").count)) }
      .filter { !goldens.contains($0) }.sorted()
  }

  var ledger: [Substring] {
    Files.text(folder.at("project/.assay/approvals.jsonl")).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
  }

  /// The names of the journal's entries: `000001.done`.
  var journal: [String] {
    Files.all(in: folder.at("state")).map(Files.name).filter { $0.hasPrefix("0") && $0.contains(".") }.sorted()
  }

  static let approveAll = ["approve", "--all", "--reason", "meant", "--from", "../run"]

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
      "XDG_STATE_HOME": folder.at("state"), "USER": "jo",
    ]
  }

  /// Runs the program in the project; `wrapper` is a program with arguments that runs it.
  func run(_ arguments: [String], wrapper: [String] = [], extra: [String: String] = [:]) throws -> Shell.Result {
    var changes: [String: String?] = [:]
    for name in ProcessInfo.processInfo.environment.keys { changes[name] = .some(nil) }
    for (name, value) in environment.merging(extra, uniquingKeysWith: { $1 }) { changes[name] = value }
    return Shell.run(
      wrapper + [try Program.path()] + arguments, environment: changes, directory: folder.at("project"))
  }

  /// Starts the program in the project.
  func start(_ arguments: [String]) throws -> StartedProgram {
    try StartedProgram(
      [Program.path()] + arguments, environment: environment, directory: folder.at("project"))
  }
}
