import Foundation

/// From the start of the program to its first frame, and to the frame after which nothing moves.
struct FirstFrameMeasurement: Measurement {
  let name = "first"

  func run(_ bench: Bench) throws -> [Figure] {
    guard bench.isFull else { return [] }
    return try [("first-10k", 10_000), ("first-1m", 1_000_000)].map { name, tests in
      bench.say("first frame of \(tests) tests")
      let report = try bench.inputs.junit(tests)
      var bursts: [Burst] = []
      for _ in 0..<7 {
        try? FileManager.default.removeItem(atPath: bench.scratch + "/first")
        let session = try ScreenSession(bench, [bench.program, report], state: "first")
        bursts.append(try session.settle(since: session.start, quiet: 1))
        try session.end()
      }
      return Figure(
        name: name, title: "first frame, \(tests) tests", ours: Statistics.median(bursts.map(\.frame)),
        note: "the last of them after \(Int(Statistics.median(bursts.map(\.settled)) * 1000)) ms")
    }
  }
}
