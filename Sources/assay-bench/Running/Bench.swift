import Foundation

/// Where measurements are made: the programs, the inputs, and how often each is run.
struct Bench {
  let size: BenchSize
  let inputs: InputCache
  /// The program that is measured.
  let program: String
  /// This program, which does work inside and plays peers in processes of its own.
  let itself: String
  /// A folder that ends with this run.
  let scratch: String

  /// How many times each side runs, in turn with the other.
  var rounds: Int { isFull ? 3 : 5 }

  /// Whether a measurement is made at the full size.
  var isFull: Bool { size == .full }

  /// The first where all is measured, the second for CI.
  func count(_ full: Int, small: Int) -> Int { isFull ? full : small }

  /// What processes see: no home, history or configuration of the person's.
  func environment(state: String = "state") -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    return [
      "PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": scratch, "LANG": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC",
      "XDG_STATE_HOME": scratch + "/" + state, "XDG_CACHE_HOME": scratch + "/cache",
      "XDG_CONFIG_HOME": scratch + "/config", "XDG_DATA_HOME": scratch + "/data", "TMPDIR": scratch,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
  }

  /// Says on standard error what is being done.
  func say(_ text: String) { FileHandle.standardError.write(Data("assay-bench: \(text)\n".utf8)) }

  /// The path of a tool; nil where it is not installed.
  static func tool(_ name: String) -> String? {
    if name.hasPrefix("/") { return access(name, X_OK) == 0 ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Runs a command of ours and its peer in turn, and compares them.
  ///
  /// At the small size the processor's time stands for the time that passes, and the least of all rounds for the middle
  /// one: another process on the machine then changes little.
  func pair(_ name: String, _ title: String, ours: Side, peer: Side?) throws -> Figure {
    say(title)
    var samples: ([Sample], [Sample]) = ([], [])
    for round in 0...rounds {
      let first = try ours.sample(self)
      let second = try peer.flatMap { $0.isMissing ? nil : try $0.sample(self) }
      // The first round fills the system's caches.
      if round == 0, ours.warms { continue }
      samples.0.append(first)
      if let second { samples.1.append(second) }
    }
    return Figure(
      name: name, title: title, ours: typical(samples.0), peerName: peer?.name,
      peer: samples.1.isEmpty ? nil : typical(samples.1), peakBytes: samples.0.map(\.peakBytes).max(),
      peerPeakBytes: samples.1.map(\.peakBytes).max(),
      note: peer?.isMissing == true ? "\(peer?.name ?? "") is missing" : nil)
  }

  private func typical(_ samples: [Sample]) -> Double {
    isFull ? Statistics.median(samples.map(\.wall)) : samples.map(\.cpu).min() ?? 0
  }
}

/// One side of a comparison: a command, and what must be done before each of its runs.
struct Side {
  let name: String
  /// The program and its arguments; empty where the program is missing.
  let arguments: [String]
  var input: String?
  /// Exit statuses of a run that went well.
  var statuses: Set<Int32> = [0]
  /// Whether the program prints the seconds that count: the rest of its work makes ready.
  var tellsSeconds = false
  /// Whether the first run only fills the caches.
  var warms = true
  var state = "state"
  /// How many runs make one sample, which is the least of them.
  var repeats = 1
  var prepare: @Sendable (Bench) throws -> Void = { _ in }

  /// Whether the program is not installed.
  var isMissing: Bool { arguments.isEmpty }

  func sample(_ bench: Bench) throws -> Sample {
    let samples = try (0..<repeats).map { _ in try once(bench) }
    guard var least = samples.min(by: { $0.wall < $1.wall }) else { throw BenchError("\(name) was not run") }
    // The clock of the processor is coarse for a single start: that of all of them is not.
    if repeats > 1 { least.cpu = samples.map(\.cpu).reduce(0, +) / Double(repeats) }
    return least
  }

  private func once(_ bench: Bench) throws -> Sample {
    try prepare(bench)
    var sample = try ChildProcess.run(
      arguments, environment: bench.environment(state: state), input: input, keepsOutput: tellsSeconds)
    guard statuses.contains(sample.status) else {
      throw BenchError("\(arguments.prefix(3).joined(separator: " ")) … ended with status \(sample.status)")
    }
    if tellsSeconds {
      let words = sample.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
      guard words.count == 2 else { throw BenchError("\(name) told no time") }
      (sample.wall, sample.cpu) = (words[0], words[1])
    }
    return sample
  }

  /// A tool of the system.
  static func tool(_ name: String, _ arguments: [String], title: String? = nil, input: String? = nil) -> Side {
    Side(name: title ?? name, arguments: Bench.tool(name).map { [$0] + arguments } ?? [], input: input)
  }
}
