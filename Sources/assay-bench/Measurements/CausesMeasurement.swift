/// Grouping failures that say the same.
struct CausesMeasurement: Measurement {
  let name = "causes"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(100_000, small: 10_000)
    let report = try bench.inputs.failures(tests)
    // The pass over the same bytes is what the machine is measured by: its ratio shows a change where no time can.
    return [
      try bench.pair(
        "causes", "group \(tests) failures", ours: .inside(bench, "causes", [report]),
        peer: .inside(bench, "sax", [report], title: "bare SAX"))
    ]
  }
}
