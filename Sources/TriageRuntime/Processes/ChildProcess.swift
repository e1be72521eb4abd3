internal import Foundation

/// A program that was started in a process group of its own.
struct ChildProcess {
  let identifier: pid_t

  /// Starts a program with empty input, its output in `output`, its errors nowhere, and all signals as they come.
  static func spawn(
    _ arguments: [String], environment: [String: String], output: Int32
  ) throws(ProcessError) -> ChildProcess {
    guard let program = arguments.first, !program.isEmpty else { throw .notFound }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let words = CStrings(arguments)
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    var identifier = pid_t()
    let code = withExtendedLifetime((words, variables)) {
      PipeEnds.whileNoneIsMade {
        posix_spawnp(&identifier, program, &actions, &attributes, words.pointers, variables.pointers)
      }
    }
    switch code {
    case 0: return ChildProcess(identifier: identifier)
    case ENOENT: throw .notFound
    default: throw .system(String(cString: strerror(code)).lowercased())
    }
  }

  /// Waits for the end; nil when the deadline comes first.
  func wait(until deadline: ContinuousClock.Instant) -> ProcessRunner.Status? {
    var status: Int32 = 0
    while true {
      let result = waitpid(identifier, &status, WNOHANG)
      if result == identifier { return Self.status(status) }
      if result < 0, errno != EINTR { return .exited(-1) }
      if ContinuousClock.now >= deadline { return nil }
      poll(nil, 0, 2)
    }
  }

  /// Kills the whole group and waits for the program.
  func kill() {
    Foundation.kill(-identifier, SIGKILL)
    waitForEnd()
  }

  /// Waits for the program, however long it takes.
  func waitForEnd() {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
  }

  /// What `WIFEXITED` and its kin say, which are macros.
  private static func status(_ status: Int32) -> ProcessRunner.Status {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

/// Copies of strings as C wants them for a program's arguments, freed with this value.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    pointers = strings.map { strdup($0) } + [nil]
  }

  deinit {
    for pointer in pointers { free(pointer) }
  }
}
