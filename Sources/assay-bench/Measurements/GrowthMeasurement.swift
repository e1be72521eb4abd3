import Foundation

/// How time and memory grow with what is given, at four sizes: 1 is in proportion.
struct GrowthMeasurement: Measurement {
  let name = "growth"

  func run(_ bench: Bench) throws -> [Figure] {
    guard bench.isFull else { return [] }
    let inputs = bench.inputs
    return try [
      series(bench, "read", [1000, 10_000, 100_000, 1_000_000]) { .inside(bench, "read", [try inputs.junit($0)]) },
      series(bench, "causes", [100, 1000, 10_000, 100_000]) { .inside(bench, "causes", [try inputs.failures($0)]) },
      series(bench, "filter", [1000, 10_000, 100_000, 1_000_000]) {
        .inside(bench, "filter", [try inputs.junit($0), "calibration"])
      },
      series(bench, "diff", [1000, 10_000, 100_000, 1_000_000]) {
        let pair = try inputs.tables($0, changed: 1)
        return .assay(bench, ["diff", pair.expected, pair.actual], statuses: [1])
      },
      series(bench, "verdicts", [1, 10, 100, 1000]) { runs in
        let folder = try inputs.history(bench, tests: 1000, runs: runs)
        return .inside(bench, "verdicts", [folder, try inputs.junit(1000, run: runs - 1)])
      },
      series(bench, "ingest", [1000, 10_000, 100_000, 1_000_000]) { tests in
        var side = Side.assay(bench, ["ingest", try inputs.junit(tests)])
        side.state = "growth"
        side.prepare = { bench in try? FileManager.default.removeItem(atPath: bench.scratch + "/growth") }
        return side
      },
    ].flatMap { $0 }
  }

  /// The exponents of time and memory beyond what the smallest start takes.
  private func series(_ bench: Bench, _ name: String, _ sizes: [Int], _ side: (Int) throws -> Side) throws -> [Figure] {
    let samples = try sizes.map { size in
      bench.say("growth of \(name), \(size)")
      let side = try side(size)
      let runs = try (0..<3).map { _ in try side.sample(bench) }
      return (size: Double(size), wall: Statistics.median(runs.map(\.wall)), peak: runs.map(\.peakBytes).max() ?? 0)
    }
    let seen = samples.map { "\(Int($0.size)): \(Int($0.wall * 1000)) ms, \($0.peak / 1_000_000) MB" }
    // A start takes the same whatever is given: the small sizes would hide what the large ones grow by.
    return [
      Figure(
        name: "growth-\(name)", title: "growth of \(name), time",
        ours: Statistics.exponent(samples.map { ($0.size, $0.wall) }), unit: .exponent,
        note: seen.joined(separator: "; ")),
      Figure(
        name: "growth-\(name)-last", title: "growth of \(name), time, last step",
        ours: Statistics.exponent(samples.suffix(2).map { ($0.size, $0.wall) }), unit: .exponent),
      Figure(
        name: "growth-\(name)-memory", title: "growth of \(name), memory, last step",
        ours: Statistics.exponent(samples.suffix(2).map { ($0.size, Double($0.peak)) }), unit: .exponent),
    ]
  }
}
