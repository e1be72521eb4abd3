/// Two large tables compared, their numbers judged, beside tools that compare lines.
struct DiffMeasurement: Measurement {
  let name = "diff"

  func run(_ bench: Bench) throws -> [Figure] {
    let rows = bench.count(1_000_000, small: 100_000)
    return try [1, 100].flatMap { percent in
      let pair = try bench.inputs.tables(rows, changed: percent)
      let title = "diff \(rows) rows, \(percent == 100 ? "all" : "\(percent) %") changed"
      let ours = Side.assay(bench, ["diff", pair.expected, pair.actual], statuses: [1])
      var git = Side.tool(
        "git", ["diff", "--no-index", "--stat", pair.expected, pair.actual], title: "git diff --stat")
      git.statuses = [1]
      var figures = [try bench.pair("diff-\(percent)", title, ours: ours, peer: git)]
      if bench.isFull {
        var diff = Side.tool("diff", [pair.expected, pair.actual])
        diff.statuses = [1]
        figures.append(try bench.pair("diff-\(percent)-lines", title, ours: ours, peer: diff))
      }
      return figures
    } + (bench.isFull ? [try numdiff(bench)] : [])
  }

  /// At a hundredth of the rows: it takes minutes of more.
  private func numdiff(_ bench: Bench) throws -> Figure {
    let pair = try bench.inputs.tables(10_000, changed: 1)
    var peer = Side.tool("numdiff", ["-s", " ,\t\n", pair.expected, pair.actual])
    peer.statuses = [0, 1]
    return try bench.pair(
      "diff-numdiff", "diff 10000 rows, 1 % changed",
      ours: .assay(bench, ["diff", pair.expected, pair.actual], statuses: [1]), peer: peer)
  }
}
