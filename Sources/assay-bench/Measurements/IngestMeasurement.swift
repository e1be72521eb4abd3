import Foundation

/// Adding a run to the history: all its tests new, and all known.
struct IngestMeasurement: Measurement {
  let name = "ingest"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(1_000_000, small: 50_000)
    let (first, second) = (try bench.inputs.junit(tests), try bench.inputs.junit(tests, run: 1))
    var new = Side.assay(bench, ["ingest", first])
    new.state = "ingest"
    new.prepare = { bench in try? FileManager.default.removeItem(atPath: bench.scratch + "/ingest") }
    var known = Side.assay(bench, ["ingest", second])
    known.state = "ingest"
    known.prepare = { bench in
      let (kept, used) = (bench.scratch + "/ingested", bench.scratch + "/ingest")
      let files = FileManager.default
      if !files.fileExists(atPath: kept) {
        var fill = Side.assay(bench, ["ingest", first])
        fill.state = "ingested"
        _ = try fill.sample(bench)
      }
      try? files.removeItem(atPath: used)
      try files.copyItem(atPath: kept, toPath: used)
    }
    let peer = try Self.sqlite(bench, tests)
    let figures = [
      try bench.pair("ingest-new", "add \(tests) results, new", ours: new, peer: peer),
      try bench.pair("ingest-known", "add \(tests) results, known", ours: known, peer: peer),
    ]
    for folder in ["ingest", "ingested"] { try? FileManager.default.removeItem(atPath: bench.scratch + "/" + folder) }
    return figures
  }

  /// The database's own import of the same rows.
  static func sqlite(_ bench: Bench, _ tests: Int) throws -> Side {
    let rows = try bench.inputs.results(tests)
    let database = bench.scratch + "/import.sqlite"
    var peer = Side.tool(
      "sqlite3",
      [
        database, "CREATE TABLE results(run INT, test TEXT, outcome TEXT, ms INT, signature TEXT)", ".mode csv",
        ".import \(rows) results",
      ], title: "sqlite3 .import")
    peer.prepare = { _ in try? FileManager.default.removeItem(atPath: database) }
    return peer
  }
}
