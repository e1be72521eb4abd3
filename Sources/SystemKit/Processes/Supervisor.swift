internal import CSpawn
internal import Foundation

/// A small process between assay and a program that must not outlive it: `assay __supervise 2000 -- pytest …`.
///
/// It holds the reading end of a pipe whose writing end only assay has. When that closes, because assay cancels, ends,
/// crashes or is killed, it asks the program's group to end (SIGTERM), and then kills every process that came of the
/// program, daemons with sessions of their own too: where the system allows it, orphans become its children.
package enum Supervisor {
  /// The first argument of a process that is one.
  private static let word = "__supervise"
  /// The descriptor of the pipe's reading end.
  static let lifeline: Int32 = 3

  /// What the system is told to run for a program under supervision.
  ///
  /// - Parameter grace: Seconds between the request to end and the end of the group.
  static func arguments(_ executable: String, grace: Double, _ arguments: [String]) -> [String] {
    [executable, word, String(Int(grace * 1000)), "--"] + arguments
  }

  /// The file of this very program, also where the one of its name was replaced meanwhile.
  package static var executable: String {
    #if os(Linux)
      // The link names the file that is gone as well: it is opened, not looked up.
      return "/proc/self/exe"
    #else
      return Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  /// Does a supervisor's work where this process was started as one, and ends it; else returns at once.
  package static func workIfAsked() {
    let words = CommandLine.arguments
    guard words.count > 4, words[1] == word, words[3] == "--", let grace = Int(words[2]) else { return }
    _ = fcntl(lifeline, F_SETFD, FD_CLOEXEC)
    _ = assay_adopt_orphans()
    let streams = Spawn.Setting(input: .inherited, output: .inherited, errors: .inherited)
    let program: pid_t
    do throws(ProcessError) {
      program = try Spawn.start(Array(words[4...]), environment: nil, streams)
    } catch {
      _exit(SupervisedEnd.notStarted)
    }
    let thread = Thread {
      waitForEndOfLifeline()
      kill(-program, SIGTERM)
      usleep(UInt32(grace) * 1000)
      endAll(of: program)
      _exit(SupervisedEnd.cut)
    }
    thread.start()
    leave(ChildProcess(identifier: program))
  }

  private static func waitForEndOfLifeline() {
    var byte: UInt8 = 0
    while true {
      let count = read(lifeline, &byte, 1)
      if count == 0 || count < 0 && errno != EINTR { return }
    }
  }

  /// Waits for the program, ends what it left, and ends as it did.
  private static func leave(_ child: ChildProcess) -> Never {
    while !child.hasEnded { waitForAny(child) }
    endAll(of: child.identifier)
    let end = ProcessEnd(waitStatus: child.waitForEnd())
    if case .signalled(let signal) = end {
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      setrlimit(SupervisedEnd.coreLimit, &limit)
      Foundation.signal(signal, SIG_DFL)
      raise(signal)
    }
    if case .exited(let status) = end { _exit(status) }
    _exit(SupervisedEnd.notStarted)
  }

  /// Waits until a child has ended, and takes those from the process table that are not the program itself.
  private static func waitForAny(_ program: ChildProcess) {
    var information = siginfo_t()
    guard waitid(P_ALL, 0, &information, WEXITED | WNOWAIT) == 0, !program.hasEnded else { return }
    for orphan in children where orphan != program.identifier { waitpid(orphan, nil, WNOHANG) }
  }

  /// Kills the program's group and all that came of the program, until nothing is left.
  private static func endAll(of program: pid_t) {
    kill(-program, SIGKILL)
    while true {
      let others = children.filter { $0 != program }
      if others.isEmpty { return }
      for other in others {
        kill(other, SIGKILL)
        waitpid(other, nil, 0)
      }
    }
  }

  /// The processes whose parent this one is; empty where the system does not say.
  private static var children: [pid_t] {
    guard let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task") else { return [] }
    return threads.flatMap { thread -> [pid_t] in
      let path = "/proc/self/task/\(thread)/children"
      guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
      return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
    }
  }
}

/// The statuses a supervisor ends with on its own account; a program that ends with the same is taken for itself.
enum SupervisedEnd {
  /// The program could not be started, as shells say it.
  static let notStarted: Int32 = 126
  /// Its lifeline ended.
  static let cut: Int32 = 125

  #if os(Linux)
    static let coreLimit = __rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue))
  #else
    static let coreLimit = RLIMIT_CORE
  #endif
}
