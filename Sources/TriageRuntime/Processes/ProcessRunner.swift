internal import Foundation

/// Runs a program to its end, with its output kept and its time limited.
///
/// An argument vector, never a shell; standard input is empty; the program has a process group of its own, which is
/// killed whole when time or output run over.
package enum ProcessRunner {
  /// What a program left.
  package struct Output: Sendable, Equatable {
    /// How it ended.
    package let status: Status
    /// What it wrote to its standard output, up to the limit.
    package let output: [UInt8]
  }

  /// How a program ended.
  package enum Status: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    /// It wrote more than was wanted.
    case tooMuchOutput
  }

  /// Runs `arguments`, whose first is the program, looked up in `PATH`; `timeout` in seconds, `outputLimit` in bytes.
  package static func run(
    _ arguments: [String], environment: [String: String], timeout: Double, outputLimit: Int
  ) throws(ProcessError) -> Output {
    guard let pipe = PipeEnds() else { throw .system(String(cString: strerror(errno)).lowercased()) }
    defer { close(pipe.reading) }
    let spawned = Result { () throws(ProcessError) in
      try ChildProcess.spawn(arguments, environment: environment, output: pipe.writing)
    }
    close(pipe.writing)
    let child = try spawned.get()
    var reader = OutputReader(descriptor: pipe.reading, limit: outputLimit, deadline: .now + .seconds(timeout))
    let end = reader.readAll()
    let status = end == nil ? child.wait(until: reader.deadline) : nil
    if let status { return Output(status: status, output: reader.bytes) }
    child.kill()
    return Output(status: end ?? .timedOut, output: reader.bytes)
  }
}

/// Why a program could not be run. The text fits "could not run X: {error}".
package enum ProcessError: Error, Equatable, CustomStringConvertible {
  /// There is no such program.
  case notFound
  /// The system's words.
  case system(String)

  /// What the person is told.
  package var description: String {
    switch self {
    case .notFound: "it is not installed"
    case .system(let words): words
    }
  }
}
