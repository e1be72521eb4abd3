/// Reading a large report, beside a pass over it that keeps nothing.
struct ReadMeasurement: Measurement {
  let name = "read"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(1_000_000, small: 100_000)
    let report = try bench.inputs.junit(tests)
    return [
      try bench.pair(
        "read", "read \(tests) tests", ours: .inside(bench, "read", [report]),
        peer: .inside(bench, "sax", [report], title: "bare SAX"))
    ] + (bench.isFull ? [try junitparser(bench, report, tests)] : [])
  }

  private func junitparser(_ bench: Bench, _ report: String, _ tests: Int) throws -> Figure {
    let script =
      "import sys\nfrom junitparser import JUnitXml\nfor s in JUnitXml.fromfile(sys.argv[1]):\n for c in s: c.result"
    var python = Side.tool("python3", ["-c", script, report], title: "junitparser")
    let probe = try? Side.tool("python3", ["-c", "import junitparser"]).sample(bench)
    if probe == nil { python = Side(name: "junitparser", arguments: []) }
    return try bench.pair(
      "read-python", "read \(tests) tests, whole process", ours: .assay(bench, ["list", report]), peer: python)
  }
}
