import CBenchPeers
import CSpawn
import Foundation

/// What came on a terminal after a key.
struct Burst {
  /// The last byte before a pause that no frame has in it: the key's own frame.
  var frame: Double
  /// The last byte of all, before a longer pause: what came later is in it too.
  var settled: Double
  var bytes: Int
}

/// A program on a pseudo-terminal of 200 columns and 60 rows, seen from the terminal's side.
final class ScreenSession {
  private static let columns: UInt16 = 200, rows: UInt16 = 60
  /// A pause after which a frame is over: a frame is written at once.
  private static let framePause = 0.005

  private let master: Int32
  let process: pid_t
  /// When it was started.
  let start: Double
  private var isEnded = false
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(_ bench: Bench, _ arguments: [String], state: String = "screen", folder: String? = nil) throws {
    master = posix_openpt(O_RDWR | O_NOCTTY)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
      throw BenchError("could not make a terminal")
    }
    _ = bench_terminal_size(master, Self.rows, Self.columns)
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    var environment = bench.environment(state: state)
    environment["COLORTERM"] = "truecolor"
    start = ChildProcess.now()
    process = try ChildProcess.spawn(
      arguments, environment, terminal: String(cString: name), folder: folder ?? bench.scratch)
  }

  deinit { if !isEnded { _ = try? end() } }

  /// Takes what comes until nothing did for a while.
  ///
  /// - Parameters:
  ///   - origin: From when on time counts.
  ///   - quiet: The pause after which all is there, in seconds.
  func settle(since origin: Double, quiet: Double = 0.03, limit: Double = 60) throws -> Burst {
    var burst = Burst(frame: 0, settled: 0, bytes: 0)
    var isFrameOver = false
    while true {
      let last = burst.bytes == 0 ? nil : origin + burst.settled
      let wait = last.map { $0 + quiet } ?? origin + limit
      let left = wait - ChildProcess.now()
      if left <= 0 { break }
      var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if Foundation.poll(&poll, 1, Int32((left * 1000).rounded(.up))) <= 0 { continue }
      let count = read(master, &buffer, buffer.count)
      let now = ChildProcess.now()
      if count <= 0 { throw BenchError("the program on the terminal ended") }
      if let last, now - last > Self.framePause { isFrameOver = true }
      burst.bytes += count
      burst.settled = now - origin
      if !isFrameOver { burst.frame = burst.settled }
    }
    guard burst.bytes > 0 else { throw BenchError("nothing came on the terminal") }
    return burst
  }

  /// Types a key, and waits for what comes of it.
  func press(_ key: String, quiet: Double = 0.03) throws -> Burst {
    let origin = ChildProcess.now()
    send(key)
    return try settle(since: origin, quiet: quiet, limit: 5)
  }

  /// Types keys.
  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Waits until the program neither writes nor works, or not much longer.
  func rest(limit: Double = 60) {
    let end = ChildProcess.now() + limit
    var still = 0
    var before = account
    while still < 4, ChildProcess.now() < end {
      var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      while Foundation.poll(&poll, 1, 100) > 0, read(master, &buffer, buffer.count) > 0, ChildProcess.now() < end {}
      let now = account
      still = now.seconds == before.seconds ? still + 1 : 0
      before = now
    }
  }

  /// The processor's time that the program took so far, how often its threads woke up, and its memory at the most.
  var account: (seconds: Double, wakes: Int, peakBytes: Int) {
    let base = "/proc/\(process)"
    let fields = Self.text(base + "/stat").split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: base + "/task")) ?? []
    let wakes = threads.map { Self.field("voluntary_ctxt_switches", in: "\(base)/task/\($0)/status") }.reduce(0, +)
    return (ticks / Double(sysconf(Int32(_SC_CLK_TCK))), wakes, Self.field("VmHWM", in: base + "/status") * 1024)
  }

  private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  private static func field(_ name: String, in path: String) -> Int {
    let line = text(path).split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// Ends the program as a closed terminal does, and also where that signal is ignored: under nohup.
  @discardableResult func end() throws -> Sample {
    isEnded = true
    kill(process, SIGHUP)
    kill(process, SIGTERM)
    close(master)
    return try ChildProcess.wait(process, since: start)
  }
}
