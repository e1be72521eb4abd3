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
    Thread.detachNewThread {
      waitForEndOfLifeline()
      kill(-program, SIGTERM)
      usleep(UInt32(grace) * 1000)
      // The other thread waits for it, and then ends all that it left.
      kill(-program, SIGKILL)
      kill(program, SIGKILL)
    }
    leave(as: waitForEnd(of: program))
  }

  private static func waitForEndOfLifeline() {
    var byte: UInt8 = 0
    while true {
      let count = read(lifeline, &byte, 1)
      if count == 0 || count < 0 && errno != EINTR { return }
    }
  }

  /// Waits for the program, then ends what it left; what `waitpid` said of it.
  ///
  /// A process that ends hands its children to this one before it can be waited for: when there is nobody left to wait
  /// for, nothing of the program is left.
  private static func waitForEnd(of program: pid_t) -> Int32 {
    var end: Int32?
    while true {
      if end != nil {
        kill(-program, SIGKILL)
        for child in children { kill(child, SIGKILL) }
      }
      var status: Int32 = 0
      let ended = waitpid(-1, &status, 0)
      if ended == program { end = status }
      if ended < 0, errno != EINTR { return end ?? SupervisedEnd.notStarted << 8 }
    }
  }

  /// Ends as the program did.
  private static func leave(as status: Int32) -> Never {
    switch ProcessEnd(waitStatus: status) {
    case .exited(let status): _exit(status)
    case .signalled(let signal):
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      setrlimit(SupervisedEnd.coreLimit, &limit)
      Foundation.signal(signal, SIG_DFL)
      raise(signal)
      _exit(128 + signal)
    case .timedOut, .tooMuchOutput, .cancelled: _exit(SupervisedEnd.notStarted)
    }
  }

  /// The processes whose parent this one is; empty where the system does not say.
  private static var children: [pid_t] {
    let own = getpid()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { parent(of: $0) == own }
  }

  /// The parent of a process: the second word behind its name, which stands in brackets and may hold any of them.
  private static func parent(of process: pid_t) -> pid_t? {
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
      let end = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let words = bytes[bytes.index(after: end)...].split(separator: UInt8(ascii: " "))
    return words.count > 1 ? pid_t(String(decoding: words[1], as: UTF8.self)) : nil
  }
}

/// The statuses a supervisor ends with on its own account; a program that ends with the same is taken for itself.
enum SupervisedEnd {
  /// The program could not be started, as shells say it.
  static let notStarted: Int32 = 126

  #if os(Linux)
    static let coreLimit = __rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue))
  #else
    static let coreLimit = RLIMIT_CORE
  #endif
}
