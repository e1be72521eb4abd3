import Foundation
import Testing

/// The built program, run as a person's shell would.
struct Program {
  /// How a run of the program ended.
  struct Ending {
    let status: Int32
    let output: String
    let errors: String
  }

  /// A folder of its own: home, caches and the current directory, so that nothing of the machine matters.
  let home: URL
  /// What the environment has besides.
  var environment: [String: String] = [:]

  /// The program in a fresh home; remove it with `cleanUp`.
  init() throws {
    home = FileManager.default.temporaryDirectory.appending(path: "assay-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  /// Removes the home.
  func cleanUp() {
    try? FileManager.default.removeItem(at: home)
  }

  /// The binary beside the test bundle.
  static var path: URL {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "assay")
    if FileManager.default.isExecutableFile(atPath: bundle.path) { return bundle }
    return URL(filePath: #filePath).appending(path: "../../../.build/debug/assay").standardized
  }

  /// Runs the program in its home and waits for it.
  func run(_ arguments: String..., input: String? = nil) throws -> Ending {
    try run(arguments, input: input)
  }

  /// Runs the program in its home and waits for it.
  func run(_ arguments: [String], input: String? = nil) throws -> Ending {
    let process = Process()
    process.executableURL = Self.path
    process.arguments = arguments
    process.currentDirectoryURL = home
    process.environment = [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
    ].merging(environment) { $1 }
    // Files, not pipes: a pipe that fills up while the other is read would stop both sides.
    let output = try emptyFile("stdout")
    let errors = try emptyFile("stderr")
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input {
      let file = home.appending(path: "stdin")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    return Ending(
      status: process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Writes a file into the home and returns its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = home.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return name
  }

  private func emptyFile(_ name: String) throws -> URL {
    let file = home.appending(path: ".\(name)-\(UUID().uuidString)")
    try Data().write(to: file)
    return file
  }
}
