internal import Foundation

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
    let deadline = ContinuousClock.now + .seconds(grace)
    while !hasEnded, ContinuousClock.now < deadline { poll(nil, 0, 5) }
  }
}
