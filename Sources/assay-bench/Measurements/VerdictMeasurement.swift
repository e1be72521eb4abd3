/// What the history says of many tests over many runs.
struct VerdictMeasurement: Measurement {
  let name = "verdicts"

  func run(_ bench: Bench) throws -> [Figure] {
    guard bench.isFull else { return [] }
    let (tests, runs) = (10_000, 1000)
    let folder = try bench.inputs.history(bench, tests: tests, runs: runs)
    return [
      try bench.pair(
        "verdicts", "verdicts of \(tests) tests in \(tests * runs) results",
        ours: .inside(bench, "verdicts", [folder, try bench.inputs.junit(tests, run: runs - 1)]), peer: nil)
    ]
  }
}

extension InputCache {
  /// A history of so many runs of the same tests; the folder it lies in.
  func history(_ bench: Bench, tests: Int, runs: Int) throws -> String {
    let folder = "history-\(tests)-\(runs)"
    bench.say("a history of \(runs) runs of \(tests) tests, once")
    // The last file that is made says that all of it is there.
    _ = try file(folder + "/whole") { mark in
      let fill = Side.inside(bench, "fill", [self.folder + "/" + folder, String(tests), String(runs)])
      mark.isWhole = (try? fill.sample(bench)) != nil
    }
    return self.folder + "/" + folder
  }
}
