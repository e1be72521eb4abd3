/// A filter over the names of all tests, beside the tools that do little else.
struct FilterMeasurement: Measurement {
  let name = "filter"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(1_000_000, small: 100_000)
    let (report, names) = (try bench.inputs.junit(tests), try bench.inputs.names(tests))
    let ours = Side.inside(bench, "filter", [report, "calibration"])
    var rg = Side.tool("rg", ["--fixed-strings", "--count", "calibration", names])
    rg.statuses = [0]
    return [
      try bench.pair(
        "filter", "filter \(tests) tests", ours: ours,
        peer: .tool("fzf", ["-f", "calibration"], title: "fzf -f", input: names)),
      try bench.pair("filter-rg", "filter \(tests) tests", ours: ours, peer: rg),
    ]
  }
}
