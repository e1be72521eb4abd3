import Foundation

/// From the start of the program to its first frame, and to the frame after which nothing moves.
struct FirstFrameMeasurement: Measurement {
  let name = "first"

  func run(_ bench: Bench) throws -> [Figure] {
    guard bench.isFull else { return [] }
    return [
      try figure(
        bench, "first-10k", 10_000, peerName: "tig, as many commits",
        peer: try Bench.tool("tig").map { ([$0], try Self.commits(bench, 10_000)) }),
      try figure(
        bench, "first-1m", 1_000_000, peerName: "lnav, their names",
        peer: try Bench.tool("lnav").map { ([$0, try bench.inputs.names(1_000_000)], nil) }),
    ]
  }

  private func figure(
    _ bench: Bench, _ name: String, _ tests: Int, peerName: String, peer: (arguments: [String], folder: String?)?
  ) throws -> Figure {
    bench.say("first frame of \(tests) tests")
    let report = try bench.inputs.junit(tests)
    var (bursts, others): ([Burst], [Burst]) = ([], [])
    for _ in 0..<7 {
      // The history is new each time: the run is added to it, as it would be for a person.
      try? FileManager.default.removeItem(atPath: bench.scratch + "/first")
      bursts.append(try Self.start(bench, [bench.program, report], nil))
      if let peer { others.append(try Self.start(bench, peer.arguments, peer.folder)) }
    }
    func middle(_ bursts: [Burst], _ part: KeyPath<Burst, Double>) -> Double {
      Statistics.median(bursts.map { $0[keyPath: part] })
    }
    let note = String(format: "the last frame after %.0f ms", middle(bursts, \.settled) * 1000)
    return Figure(
      name: name, title: "first frame, \(tests) tests", ours: middle(bursts, \.frame), peerName: peerName,
      peer: others.isEmpty ? nil : middle(others, \.frame),
      note: others.isEmpty
        ? note : note + String(format: ", the peer's after %.0f ms", middle(others, \.settled) * 1000))
  }

  private static func start(_ bench: Bench, _ arguments: [String], _ folder: String?) throws -> Burst {
    let session = try ScreenSession(bench, arguments, state: "first", folder: folder)
    let burst = try session.settle(since: session.start, quiet: 1)
    try session.end()
    return burst
  }

  /// A repository with so many commits.
  private static func commits(_ bench: Bench, _ count: Int) throws -> String {
    let repository = bench.inputs.folder + "/commits-\(count).git"
    if access(repository, F_OK) == 0 { return repository }
    guard let git = Bench.tool("git") else { throw BenchError("git is missing") }
    let script = try bench.inputs.file("commits-\(count).txt") { file in
      for commit in 1...count {
        let message = "Commit \(commit): \(TestNames.name(commit))\n"
        file.append("commit refs/heads/main\ncommitter A B <a@example.org> \(1_700_000_000 + commit * 60) +0000\n")
        file.append("data \(message.utf8.count)\n\(message)\n")
      }
    }
    for arguments in [
      ["init", "-q", "--bare", "-b", "main", repository], ["-C", repository, "fast-import", "--quiet"],
    ] {
      let side = Side(name: "git", arguments: [git] + arguments, input: script)
      _ = try side.sample(bench)
    }
    return repository
  }
}
