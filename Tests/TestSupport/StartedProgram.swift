import Foundation

/// A program that runs beside the test, to be killed or waited for.
package struct StartedProgram {
  private let process = Process()

  /// Starts a program; nothing of what it says is kept.
  package init(_ arguments: [String], environment: [String: String], directory: String) throws {
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Whether it has not ended.
  package var isRunning: Bool { process.isRunning }

  /// Ends it at once; it gets no chance to tidy up unless another signal is sent.
  package func kill(_ signal: Int32 = SIGKILL) { Foundation.kill(process.processIdentifier, signal) }

  /// Waits for its end; the exit status, or the signal that ended it.
  @discardableResult
  package func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
