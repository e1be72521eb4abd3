import Foundation

/// Runs a program to its end and collects what it wrote.
package enum Shell {
  /// What a program left.
  package struct Result: Sendable {
    /// The exit status; 128 and the signal's number where one ended it.
    package var status: Int32
    /// Standard output.
    package var output: String
    /// Standard error.
    package var errors: String
  }

  /// Runs a program with arguments; the environment is this process's own with changes, nil taking one away.
  package static func run(
    _ arguments: [String], environment changes: [String: String?] = [:], input: String = "", directory: String? = nil
  ) -> Result {
    let out = temporaryFile()
    let err = temporaryFile()
    let source = temporaryFile()
    defer { [out, err, source].forEach { close($0) } }
    input.withCString { _ = write(source, $0, strlen($0)) }
    lseek(source, 0, SEEK_SET)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, source, 0)
    posix_spawn_file_actions_adddup2(&actions, out, 1)
    posix_spawn_file_actions_adddup2(&actions, err, 2)
    var child: pid_t = 0
    let mover = directory.map { ["sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    let words = (mover + arguments).map { strdup($0) } + [nil]
    let variables = environment(changes).map { strdup($0) } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    standardSignals(&attributes)
    let code = posix_spawnp(&child, (mover + arguments)[0], &actions, &attributes, words, variables)
    guard code == 0 else { return Result(status: 127, output: "", errors: String(cString: strerror(code))) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: contents(of: out), errors: contents(of: err))
  }

  /// This process's environment with changes, as `NAME=value`.
  package static func environment(_ changes: [String: String?]) -> [String] {
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in changes { variables[name] = value }
    return variables.map { $0.key + "=" + $0.value }
  }

  /// Signals as a person's shell would pass them on: a test runner may block or ignore some.
  private static func standardSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  private static func temporaryFile() -> Int32 {
    var path = Array("/tmp/assay-test-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    unlink(path)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  private static func contents(of file: Int32) -> String {
    let size = Int(lseek(file, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: max(0, size))
    let count = pread(file, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
