internal import CSpawn
internal import Foundation

/// Starts programs: the one place that tells the system how.
enum Spawn {
  /// What a program has for a standard stream.
  enum Stream {
    /// `/dev/null`.
    case nothing
    /// The stream of this process.
    case inherited
    /// A descriptor of this process.
    case descriptor(Int32)
  }

  /// The session and streams a program is given.
  struct Setting {
    var input = Stream.nothing
    var output = Stream.nothing
    var errors = Stream.nothing
    var hasOwnSession = false
    var folder: String?
    /// What a supervisor is given to see that this process is there.
    var lifeline: Int32?
  }

  #if canImport(Darwin)
    private typealias Actions = posix_spawn_file_actions_t?
    private typealias Attributes = posix_spawnattr_t?
    private static let newSession: Int32 = 0x0400
  #else
    private typealias Actions = posix_spawn_file_actions_t
    private typealias Attributes = posix_spawnattr_t
    /// `POSIX_SPAWN_SETSID`, which glibc shows only to programs that ask for GNU's extensions.
    private static let newSession: Int32 = 0x80
  #endif

  /// Starts a program in a process group of its own, with no signal blocked and each doing what it does by default.
  static func start(
    _ arguments: [String], environment: [String: String]?, _ setting: Setting
  ) throws(ProcessError) -> pid_t {
    guard let program = arguments.first, !program.isEmpty else { throw .notFound }
    // A NUL would end an argument early: the program would be told something else than was shown.
    guard arguments.allSatisfy({ !$0.utf8.contains(0) }) else { throw .system("an argument holds a NUL") }
    var actions = Actions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    connect(&actions, setting)
    var attributes = Attributes()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    separate(&attributes, hasOwnSession: setting.hasOwnSession)
    let words = CStrings(arguments)
    let variables = CStrings((environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" })
    var identifier = pid_t()
    let code = withExtendedLifetime((words, variables)) {
      PipeEnds.whileNoneIsMade {
        posix_spawnp(&identifier, program, &actions, &attributes, words.pointers, variables.pointers)
      }
    }
    switch code {
    case 0: return identifier
    case ENOENT where setting.folder.map({ access($0, X_OK) == 0 }) ?? true: throw .notFound
    default: throw ProcessError(code)
    }
  }

  private static func connect(_ actions: inout Actions, _ setting: Setting) {
    for (stream, number, mode) in [
      (setting.input, Int32(0), O_RDONLY), (setting.output, 1, O_WRONLY), (setting.errors, 2, O_WRONLY),
    ] {
      switch stream {
      case .nothing: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
      case .inherited: break
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
    }
    if let lifeline = setting.lifeline { posix_spawn_file_actions_adddup2(&actions, lifeline, Supervisor.lifeline) }
    if let folder = setting.folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
  }

  private static func separate(_ attributes: inout Attributes, hasOwnSession: Bool) {
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let kinship = hasOwnSession ? newSession : Int32(POSIX_SPAWN_SETPGROUP)
    posix_spawnattr_setflags(&attributes, Int16(kinship | Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)))
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

extension ProcessError {
  /// What an error of the system means.
  init(_ code: Int32) {
    self = .system(SystemWords.of(code))
  }
}
