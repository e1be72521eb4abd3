import CSpawn
import Foundation

/// What a process took, as the system counts it.
struct Sample {
  /// From its start to its end.
  var wall: Double
  /// The processor's time, of all its threads.
  var cpu: Double
  /// Its memory at the most.
  var peakBytes: Int
  var status: Int32
  /// What it printed, where that was asked for.
  var output: String = ""
}

/// A process that is started, waited for and accounted for.
///
/// Its peak counts from this process's own memory on: what starts it must stay small, so that work inside the program is
/// measured in a process of its own as well.
enum ChildProcess {
  /// The time of a clock that only goes on, in seconds.
  static func now() -> Double { time(CLOCK_MONOTONIC) }

  /// What this process took of the processor so far, in seconds.
  static func processorTime() -> Double { time(CLOCK_PROCESS_CPUTIME_ID) }

  private static func time(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - input: A file for its standard input; else it has none.
  ///   - keepsOutput: Whether what it prints is kept; else it goes nowhere.
  static func run(
    _ arguments: [String], environment: [String: String], input: String? = nil, keepsOutput: Bool = false
  ) throws -> Sample {
    var ends: [Int32] = [-1, -1]
    if keepsOutput, pipe(&ends) != 0 { throw BenchError("could not make a pipe") }
    let start = now()
    let process = try spawn(arguments, environment, input: input, output: keepsOutput ? ends[1] : nil)
    var printed: [UInt8] = []
    if keepsOutput {
      close(ends[1])
      var buffer = [UInt8](repeating: 0, count: 65536)
      while case let count = read(ends[0], &buffer, buffer.count), count > 0 { printed += buffer[..<count] }
      close(ends[0])
    }
    var sample = try wait(process, since: start)
    sample.output = String(decoding: printed, as: UTF8.self)
    return sample
  }

  /// Waits for a process and reads its account.
  static func wait(_ process: pid_t, since start: Double) throws -> Sample {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchError("could not wait for a process") }
    }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    #if canImport(Darwin)
      let unit = 1
    #else
      let unit = 1024
    #endif
    return Sample(
      wall: now() - start, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakBytes: Int(usage.ru_maxrss) * unit, status: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
  }

  /// Starts a program.
  ///
  /// - Parameter terminal: The name of a terminal that becomes its own, and all its streams.
  static func spawn(
    _ arguments: [String], _ environment: [String: String], input: String? = nil, output: Int32? = nil,
    terminal: String? = nil, folder: String? = nil
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_addopen(
      &actions, 0, terminal ?? input ?? "/dev/null", terminal == nil ? O_RDONLY : O_RDWR, 0)
    if terminal != nil {
      // `POSIX_SPAWN_SETSID`, which glibc shows only to programs that ask for GNU's extensions.
      posix_spawnattr_setflags(&attributes, 0x80)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    } else {
      if let output {
        posix_spawn_file_actions_adddup2(&actions, output, 1)
      } else {
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      }
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, words, variables)
    guard code == 0 else { throw BenchError("could not start \(arguments[0]): \(String(cString: strerror(code)))") }
    return process
  }
}
