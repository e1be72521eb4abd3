/// The failing tests of a large run with all that is known of them.
struct ListMeasurement: Measurement {
  let name = "list"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(1_000_000, small: 100_000)
    let report = try bench.inputs.junit(tests)
    var ours = Side.assay(bench, ["list", "--json", report])
    ours.state = "no-history"
    return [
      try bench.pair(
        "list", "list --json of \(tests) tests", ours: ours,
        peer: .inside(bench, "sax", [report], title: "bare SAX"))
    ]
  }
}
