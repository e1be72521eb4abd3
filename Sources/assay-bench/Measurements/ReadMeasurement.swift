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
    // A Python that a person put before the system's may not have the module.
    let found = ["python3", "/usr/bin/python3"].compactMap(Bench.tool).first { python in
      let probe = Side(name: "python3", arguments: [python, "-c", "import junitparser"])
      return (try? probe.sample(bench)) != nil
    }
    let python = Side(name: "junitparser", arguments: found.map { [$0, "-c", script, report] } ?? [])
    return try bench.pair(
      "read-python", "read \(tests) tests, whole process", ours: .assay(bench, ["list", report]), peer: python)
  }
}
