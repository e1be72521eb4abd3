internal import Dispatch
internal import Foundation

/// Runs a program that takes the terminal over, such as an editor, and waits for it.
///
/// The program is a job of its own, as a shell would start it: when it stops (^Z), this process stops too, so that the
/// shell gets the terminal; when it is continued, so is the program. The caller has given the terminal up before.
package enum ForegroundProcess {
  /// How a program ended.
  package enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It could not be started; the system's words.
    case notStarted(String)
  }

  /// Runs `arguments`, whose first is the program, looked up in `PATH`; the terminal is this process's again then.
  ///
  /// - Parameters:
  ///   - environment: Its environment; nil for this process's own.
  ///   - folder: The folder it runs in; nil for this process's own.
  package static func run(
    _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil
  ) -> End {
    let process: pid_t
    do throws(ProcessError) {
      let streams = Spawn.Setting(input: .inherited, output: .inherited, errors: .inherited, folder: folder)
      process = try Spawn.start(arguments, environment: environment, streams)
    } catch {
      return .notStarted(error.description)
    }
    giveTerminal(to: process)
    defer { giveTerminal(to: getpgrp()) }
    while true {
      var status: Int32 = 0
      let waited = waitpid(process, &status, WUNTRACED)
      if waited < 0, errno == EINTR { continue }
      guard waited == process else { return .notStarted("it was lost") }
      if status & 0xFF == 0x7F {
        wentToSleep(by: status >> 8 & 0xFF)
        giveTerminal(to: process)
        kill(-process, SIGCONT)
      } else {
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
      }
    }
  }

  /// The program was stopped: by its own ^Z this process stops with it; for touching the terminal too early it goes on.
  private static func wentToSleep(by signal: Int32) {
    if signal != SIGTTIN, signal != SIGTTOU { raise(SIGSTOP) }
  }

  /// Makes a job the terminal's foreground job; SIGTTOU would stop whoever asks from the background.
  private static func giveTerminal(to group: pid_t) {
    var blocked = sigset_t()
    var before = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    if terminal >= 0 {
      _ = tcsetpgrp(terminal, group)
      close(terminal)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

/// Starts a program that opens a window of its own, such as a graphical editor, and leaves it alone.
///
/// It gets neither the terminal's keys nor its screen, and nobody waits for it: the screen goes on at once.
package enum WindowedProcess {
  /// Starts `arguments`, whose first is the program, looked up in `PATH`.
  package static func start(_ arguments: [String], environment: [String: String]) throws(ProcessError) {
    let child = ChildProcess(identifier: try Spawn.start(arguments, environment: environment, Spawn.Setting()))
    // A program that nobody asks how it ended stays in the process table.
    DispatchQueue(label: "assay.windowed").async { child.waitForEnd() }
  }
}
