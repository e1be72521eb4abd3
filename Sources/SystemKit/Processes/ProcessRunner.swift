internal import CSpawn
internal import Foundation
internal import Synchronization

/// Runs programs to their end, with their output bounded and their time limited.
///
/// A program has a process group of its own, which is killed whole when its time is up, when it writes too much, when
/// somebody cancels it, and when it ends and leaves children behind.
package enum ProcessRunner {
  /// Runs a program and waits for it; `cancellation` ends it from another thread.
  package static func run(
    _ request: ProcessRequest, cancellation: ProcessCancellation? = nil
  ) throws(ProcessError) -> ProcessResult {
    if cancellation?.isCancelled == true { return ProcessResult(end: .cancelled, output: [], dropped: 0) }
    let streams = try ProcessStreams(request)
    var sink = try CapturedOutput(request.output)
    let child: ChildProcess
    do throws(ProcessError) {
      child = try start(request, streams)
    } catch {
      sink.discard()
      throw error
    }
    var exchange = ProcessExchange(
      child: child, streams: streams, input: request.input, deadline: .now + .seconds(request.timeLimit),
      cancellation: cancellation)
    let cut = exchange.run(into: &sink)
    if cut != nil { end(child, streams, request) }
    if cut != nil || !request.leavesChildren { child.killGroup() }
    let status = child.waitForEnd()
    let bytes = try sink.finish()
    return ProcessResult(end: cut ?? ProcessEnd(waitStatus: status), output: bytes, dropped: sink.dropped)
  }

  /// Seconds that a supervisor has for its own work after the grace of its program.
  private static let supervisorTime = 5.0

  /// Asks the program to end; a supervisor sees to it, when this process lets go of it.
  private static func end(_ child: ChildProcess, _ streams: ProcessStreams, _ request: ProcessRequest) {
    guard request.supervisor != nil else { return child.ask(grace: request.grace) }
    streams.closeLifeline()
    child.wait(upTo: request.grace + supervisorTime)
  }

  private static func start(
    _ request: ProcessRequest, _ streams: ProcessStreams
  ) throws(ProcessError) -> ChildProcess {
    defer { streams.closeTheirs() }
    var setting = Spawn.Setting(hasOwnSession: request.hasOwnSession, folder: request.folder)
    if let input = streams.input { setting.input = .descriptor(input.reading) }
    if let output = streams.output {
      setting.output = .descriptor(output.writing)
      if request.mergesErrors { setting.errors = .descriptor(output.writing) }
    }
    var arguments = request.arguments
    if let supervisor = request.supervisor {
      // A supervisor cannot say it: a program of its own may end with any status.
      let environment = request.environment ?? ProcessInfo.processInfo.environment
      guard ProgramLookup.has(arguments.first ?? "", environment, folder: request.folder) else { throw .notFound }
      setting.lifeline = streams.lifeline?.reading
      arguments = Supervisor.arguments(supervisor, grace: request.grace, arguments)
    }
    let identifier = try Spawn.start(arguments, environment: request.environment, setting)
    return ChildProcess(identifier: identifier)
  }
}

/// Looks for programs as the system does when it starts one.
package enum ProgramLookup {
  /// Whether there is a program: a path, from `folder` on, or a name that is looked up in `PATH`.
  package static func has(_ name: String, _ environment: [String: String], folder: String? = nil) -> Bool {
    if name.isEmpty { return false }
    if name.contains("/") {
      return access(name.hasPrefix("/") ? name : (folder ?? ".") + "/" + name, X_OK) == 0
    }
    return environment["PATH", default: "/bin:/usr/bin"].split(separator: ":").contains {
      access("\($0)/\(name)", X_OK) == 0
    }
  }
}

/// The pipes between this process and a program; those that are open when this value goes are closed.
final class ProcessStreams {
  let output: PipeEnds?
  let input: PipeEnds?
  /// What a supervisor looks at to see that this process is there.
  let lifeline: PipeEnds?
  private var isTheirsOpen = true
  private var isLifelineOpen: Bool
  private var isInputOpen: Bool

  init(_ request: ProcessRequest) throws(ProcessError) {
    output = request.output == .nowhere ? nil : request.outputIsTerminal ? PipeEnds.terminal() : PipeEnds()
    if output == nil, request.output != .nowhere { throw ProcessError(errno) }
    input = request.input.isEmpty ? nil : PipeEnds()
    isInputOpen = input != nil
    lifeline = request.supervisor == nil ? nil : PipeEnds()
    isLifelineOpen = lifeline != nil
    if input == nil, !request.input.isEmpty { throw ProcessError(errno) }
    if lifeline == nil, request.supervisor != nil { throw ProcessError(errno) }
    if let input { _ = fcntl(input.writing, F_SETFL, O_NONBLOCK) }
  }

  /// Closes the ends that only the program uses.
  func closeTheirs() {
    guard isTheirsOpen else { return }
    isTheirsOpen = false
    if let output { close(output.writing) }
    if let input { close(input.reading) }
    if let lifeline { close(lifeline.reading) }
  }

  /// Tells a supervisor to end its program.
  func closeLifeline() {
    guard isLifelineOpen, let lifeline else { return }
    isLifelineOpen = false
    close(lifeline.writing)
  }

  /// Ends the program's input.
  func closeInput() {
    guard isInputOpen, let input else { return }
    isInputOpen = false
    close(input.writing)
  }

  deinit {
    closeTheirs()
    closeInput()
    closeLifeline()
    if let output { close(output.reading) }
  }
}

/// A program that was started, the first of its process group.
struct ChildProcess {
  let identifier: pid_t

  /// Whether the program has ended. It stays a zombie, so that its number is nobody else's, until `collect` is called.
  var hasEnded: Bool {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT) != 0 {
      // Without a child of this number there is nothing to wait for.
      if errno != EINTR { return true }
    }
    return information.si_signo == SIGCHLD
  }

  /// Kills the group, the program with it.
  func killGroup() { kill(-identifier, SIGKILL) }

  /// Waits for the program, however long it takes, and gives what `waitpid` says of it.
  @discardableResult
  func waitForEnd() -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      if errno != EINTR { return -1 << 8 }
    }
    return status
  }

  /// Asks the group to end, and waits for the program up to `grace` seconds.
  func ask(grace: Double) {
    guard grace > 0 else { return }
    kill(-identifier, SIGTERM)
    wait(upTo: grace)
  }

  /// Waits for the program, up to some seconds.
  func wait(upTo seconds: Double) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !hasEnded, ContinuousClock.now < deadline { poll(nil, 0, 5) }
  }
}

/// The two ends of a pipe, which no program that is started inherits by chance.
struct PipeEnds {
  let reading: Int32
  let writing: Int32

  /// Held while a pipe is made and while a program is started: `pipe2`, which would need no lock, is not in Swift's
  /// Glibc, and a program that is started before the ends are marked holds them open as long as it runs.
  private static let gate = Mutex(())

  /// A new pipe, to be closed by the caller; nil with `errno` set when the system has no more file handles.
  init?() {
    let ends = Self.gate.withLock { _ -> [Int32]? in
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return ends
    }
    guard let ends else { return nil }
    reading = ends[0]
    writing = ends[1]
  }

  /// The two sides of a new pseudo-terminal, to be closed by the caller: what is written to the one is read from the
  /// other, as a terminal shows it. nil with `errno` set when the system has no more.
  static func terminal() -> PipeEnds? {
    gate.withLock { _ in
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0 else { return nil }
      _ = fcntl(master, F_SETFD, FD_CLOEXEC)
      guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
        close(master)
        return nil
      }
      // No process is to take it for the terminal that it is controlled by.
      let slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
      guard slave >= 0 else {
        close(master)
        return nil
      }
      return PipeEnds(reading: master, writing: slave)
    }
  }

  private init(reading: Int32, writing: Int32) {
    self.reading = reading
    self.writing = writing
  }

  /// Starts a program by `posix_spawn` while no pipe is half made, and gives its result.
  static func whileNoneIsMade(_ start: () -> Int32) -> Int32 { gate.withLock { _ in start() } }
}

/// Ends a program that another thread runs and waits for.
package final class ProcessCancellation: Sendable {
  private let flag = Mutex(false)
  private let pipe: PipeEnds?

  /// A cancellation for one run.
  package init() { pipe = PipeEnds() }

  deinit {
    if let pipe {
      close(pipe.reading)
      close(pipe.writing)
    }
  }

  /// Whether it was asked for.
  package var isCancelled: Bool { flag.withLock { $0 } }

  /// Asks for the program's end; asking again changes nothing.
  package func cancel() {
    let isFirst = flag.withLock { flag in
      defer { flag = true }
      return !flag
    }
    guard isFirst, let pipe else { return }
    var byte: UInt8 = 1
    _ = write(pipe.writing, &byte, 1)
  }

  /// What can be read once it was asked for; -1 when there is no pipe, where the flag is looked at now and then.
  var descriptor: Int32 { pipe?.reading ?? -1 }
}
