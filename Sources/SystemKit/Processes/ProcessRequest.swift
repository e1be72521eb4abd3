/// A program to run: everything the system is told of it.
package struct ProcessRequest: Sendable, Equatable {
  /// What becomes of a program's standard output.
  package enum Output: Sendable, Equatable {
    /// Nobody reads it.
    case nowhere
    /// The first bytes are kept; a program that writes more is ended.
    case kept(limit: Int)
    /// The first bytes are written to a new file of the owner's; what is more is counted and dropped.
    case file(String, limit: Int)
  }

  /// The program, looked up in `PATH`, and its arguments; never a shell's text.
  package var arguments: [String]
  /// The variables it sees; nil for those of this process.
  package var environment: [String: String]?
  /// The folder it begins in; nil for that of this process.
  package var folder: String?
  /// Its standard input; empty input is `/dev/null`.
  package var input: [UInt8] = []
  /// What becomes of its standard output.
  package var output = Output.kept(limit: 1 << 20)
  /// Whether its standard error goes where its output goes, else nowhere.
  package var mergesErrors = false
  /// Whether it has a session of its own: no terminal can then be its own, and none of its keys reach it.
  package var hasOwnSession = false
  /// Whether the children that it leaves behind may live on, as the holders of a clipboard do.
  package var leavesChildren = false
  /// Seconds until it is ended.
  package var timeLimit: Double
  /// Seconds between the request to end (SIGTERM) and the end of the whole group (SIGKILL); 0 asks nobody.
  package var grace: Double = 0

  /// A program with empty input, whose output is kept up to a limit.
  package init(
    _ arguments: [String], environment: [String: String]? = nil, output: Output = .kept(limit: 1 << 20),
    timeLimit: Double
  ) {
    self.arguments = arguments
    self.environment = environment
    self.output = output
    self.timeLimit = timeLimit
  }
}

/// What a program left.
package struct ProcessResult: Sendable, Equatable {
  /// How it ended.
  package let end: ProcessEnd
  /// The first bytes of its standard output that were kept.
  package let output: [UInt8]
  /// Bytes of its output that were neither kept nor written to the file.
  package let dropped: Int
}

/// How a program ended.
package enum ProcessEnd: Sendable, Equatable {
  /// By itself, with a status.
  case exited(Int32)
  /// By a signal that this process did not send.
  case signalled(Int32)
  /// Its time was up.
  case timedOut
  /// It wrote more than was wanted.
  case tooMuchOutput
  /// Somebody cancelled it.
  case cancelled

  /// What `waitpid` says, whose `WIFEXITED` and kin are macros.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
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
