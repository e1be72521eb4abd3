import Foundation
import TestSupport
import Testing

/// The built program, run as a person's shell would, in a home of its own so that nothing of the machine matters.
struct Program {
  private let home: TemporaryFolder

  /// The program in a fresh, empty home.
  init() throws {
    home = try TemporaryFolder()
  }

  /// The home, which is also the current directory of every run.
  var folder: String { home.path }

  /// The built binary.
  static func path() throws -> String { try #require(Product.path("assay"), "the program was not built") }

  /// Runs the program in its home and waits for it.
  func run(_ arguments: String..., input: String = "") throws -> Shell.Result {
    try run(arguments, input: input)
  }

  /// Runs the program in its home and waits for it.
  func run(_ arguments: [String], input: String = "") throws -> Shell.Result {
    try shell([Self.path()] + arguments, input: input)
  }

  /// Runs any command in the home.
  func shell(_ arguments: [String], input: String = "") throws -> Shell.Result {
    // Nothing of the machine counts: not the person's colours, nor what a CI system says of its job.
    var environment: [String: String?] = [:]
    for name in ProcessInfo.processInfo.environment.keys where !Self.kept.contains(name) {
      environment[name] = .some(nil)
    }
    environment["HOME"] = home.path
    environment["LC_ALL"] = "C.UTF-8"
    environment["TERM"] = "xterm-256color"
    return Shell.run(arguments, environment: environment, input: input, directory: home.path)
  }

  private static let kept: Set<String> = ["PATH", "TMPDIR", "LD_LIBRARY_PATH"]

  /// Writes a file into the home and returns its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try home.write(name, text)
    return name
  }
}
