internal import Foundation

/// A program to run: everything the system is told of it.
package struct ProcessRequest: Sendable, Equatable {
  /// What becomes of a program's standard output.
  package enum Output: Sendable, Equatable {
    /// Nobody reads it.
    case nowhere
    /// The first bytes are kept; a program that writes more is ended.
    case kept(limit: Int)
    /// The first bytes are written to a new file of the owner's; of what is more, the end is added when the program has
    /// ended, and the rest is counted and dropped.
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
  /// Whether its standard output is a terminal's, for programs that print otherwise into a pipe; its input is not.
  package var outputIsTerminal = false
  /// Whether its standard error goes where its output goes, else nowhere.
  package var mergesErrors = false
  /// Whether it has a session of its own: no terminal can then be its own, and none of its keys reach it.
  package var hasOwnSession = false
  /// Whether the children that it leaves behind may live on, as the holders of a clipboard do.
  package var leavesChildren = false
  /// The file of the program that supervises it (`Supervisor.executable`), so that nothing of it outlives this process
  /// in any way; nil for a program that is not waited upon so.
  package var supervisor: String?
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

  /// How it ended, as a clause after the program's name.
  package var words: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .timedOut: "took too long and was ended"
    case .tooMuchOutput: "wrote too much and was ended"
    case .cancelled: "was cancelled"
    }
  }

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

/// What becomes of a program's output: kept, written to a file, or dropped, with a limit in bytes.
struct CapturedOutput {
  private let request: ProcessRequest.Output
  private var file: Int32 = -1
  private var bytes: [UInt8] = []
  private var taken = 0
  private var failure: ProcessError?
  /// Bytes of the end that are kept of output that is too long for its file.
  private static let longestEnd = 1 << 16
  private var end: [ArraySlice<UInt8>] = []
  private var endCount = 0
  /// Bytes that came and were neither kept nor written.
  private(set) var dropped = 0

  /// Opens the file that output goes to; one of that name is an error, wherever a link leads.
  init(_ request: ProcessRequest.Output) throws(ProcessError) {
    self.request = request
    guard case .file(let path, _) = request else { return }
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { throw ProcessError(errno) }
  }

  /// Takes what came; false when the program is to be ended for it.
  mutating func take(_ piece: ArraySlice<UInt8>) -> Bool {
    switch request {
    case .nowhere:
      dropped += piece.count
      return true
    case .kept(let limit):
      let kept = piece.prefix(limit - bytes.count)
      bytes += kept
      dropped += piece.count - kept.count
      return kept.count == piece.count
    case .file(_, let limit):
      let kept = failure == nil ? piece.prefix(limit - taken) : []
      write(kept)
      taken += kept.count
      dropped += piece.count - kept.count
      keepEnd(piece.dropFirst(kept.count))
      return true
    }
  }

  /// Keeps the last pieces, as few as hold enough.
  private mutating func keepEnd(_ piece: ArraySlice<UInt8>) {
    if piece.isEmpty { return }
    end.append(piece)
    endCount += piece.count
    while let first = end.first, endCount - first.count >= Self.longestEnd {
      endCount -= first.count
      end.removeFirst()
    }
  }

  /// Adds the end of output that was too long, behind a line that says how much is missing before it.
  private mutating func writeEnd() {
    if end.isEmpty || failure != nil { return }
    let kept = Array(end.joined()).suffix(Self.longestEnd)
    dropped -= kept.count
    if dropped > 0 { write(Array("\n[\(dropped) bytes of output were not kept]\n".utf8)[...]) }
    write(kept)
  }

  private mutating func write(_ piece: ArraySlice<UInt8>) {
    if !piece.withUnsafeBytes({ FileWriting.write($0, to: file) }) { failure = ProcessError(errno) }
  }

  /// Closes the file; the bytes that were kept. Fails when a full disk or the like lost output.
  mutating func finish() throws(ProcessError) -> [UInt8] {
    if file >= 0 {
      writeEnd()
      close(file)
    }
    file = -1
    if let failure { throw failure }
    return bytes
  }

  /// Closes and removes the file of a program that was never started.
  mutating func discard() {
    guard file >= 0, case .file(let path, _) = request else { return }
    close(file)
    file = -1
    unlink(path)
  }
}
