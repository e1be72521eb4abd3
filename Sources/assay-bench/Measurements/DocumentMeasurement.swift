/// Two JSON documents compared as what they are.
struct DocumentMeasurement: Measurement {
  let name = "documents"

  func run(_ bench: Bench) throws -> [Figure] {
    let objects = bench.count(100_000, small: 10_000)
    let pair = try bench.inputs.documents(objects)
    var git = Side.tool("git", ["diff", "--no-index", "--stat", pair.expected, pair.actual], title: "git diff --stat")
    git.statuses = [1]
    return [
      try bench.pair(
        "documents", "diff JSON, \(objects) objects",
        ours: .assay(bench, ["diff", pair.expected, pair.actual], statuses: [1]), peer: git)
    ]
  }
}
