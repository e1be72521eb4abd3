import DataSyntax
import ItemQueries
import Testing
import TriageModel

@testable import TriageOutput

@Suite struct GoldenListTests {
  private static var change: GoldenChange {
    var change = GoldenChange(
      location: GoldenLocation(path: "tests/a.ambr", entry: "test_a"), convention: "syrupy", test: "tests/a.py::test_a",
      recovery: .replayed, state: .pending)
    change.kind = "text"
    change.drift = Drift(.clipping, "40 of 40 numbers clipped to two bounds")
    change.expectedHash = ContentHash(of: [1])
    change.actualHash = ContentHash(of: [2])
    var summary = ChangeSummary(unit: "cells")
    (summary.changed, summary.total, summary.added) = (31, 1200, 2)
    summary.maxRelative = .init(value: .infinity, location: "row 3, \u{1B}[2Jscore")
    summary.smallestAbsolute = 1.25e-7
    change.summary = summary
    change.warnings = ["rebuilt from the failure's text"]
    return change
  }

  private func written(_ body: (OutputSink) -> Void) throws -> String {
    var bytes: [UInt8] = []
    let sink = OutputSink { (block) throws(OutputError) in bytes += block }
    body(sink)
    try sink.finish()
    return String(decoding: bytes, as: UTF8.self)
  }

  private var run: Run {
    var info = RunInfo(identity: RunIdentity(source: "ci", id: "4136"))
    info.commit = "8acabed0000"
    return Run(info: info, table: TestTable())
  }

  @Test func jsonHasTheDocumentedFields() throws {
    let text = try written { GoldenListJSON.write([(run.info, [Self.change])], to: $0) }
    let golden = try #require(try JSONValue(parsing: Array(text.utf8))["goldens"]?.array?.first)
    #expect(golden["id"]?.string == "tests/a.ambr::test_a")
    #expect(golden["golden"]?.string == "tests/a.ambr")
    #expect(golden["recovery"]?.string == "replayed")
    #expect(golden["drift"]?.string == "clipping")
    #expect(golden["golden_sha256"]?.string == ContentHash(of: [1]).hex)
    #expect(golden["summary"]?["max_relative"]?["value"] == .null)
    #expect(golden["summary"]?["smallest_atol"] == .number("1.25e-07"))
  }

  @Test func aProofIsWrappedAndNeverCut() throws {
    var change = Self.change
    let proof = (1...60).map { "clause\($0)" }.joined(separator: " ")
    change.drift = Drift(.permutation, proof, with: [.noise])
    change.secrets = ["an AWS key (line 3)"]
    let text = try written {
      GoldenListText(style: TextStyle(width: 50)).write(
        run, [change], GoldenArrangement([change]), hidden: 0, to: $0)
    }
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 50 || $0.contains("pending") })
    #expect(lines.map { $0.drop { $0 == " " } }.joined(separator: " ").contains(proof))
    #expect(text.contains("with float noise") && text.contains("looks like a secret"))
    let json = try written { GoldenListJSON.write([(run.info, [change])], to: $0) }
    let golden = try #require(try JSONValue(parsing: Array(json.utf8))["goldens"]?.array?.first)
    #expect(golden["secrets"]?.array?.first?.string == "an AWS key (line 3)")
    #expect(golden["drift_others"]?.array?.first?.string == "noise")
  }

  @Test func textGroupsByDriftAndIsSafe() throws {
    let changes = [Self.change]
    let text = try written {
      GoldenListText(style: TextStyle()).write(
        run, changes, GoldenArrangement(changes), hidden: 3, to: $0)
    }
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("run 4136"))
    #expect(lines[1] == "clipping to bounds ×1")
    #expect(lines[2] == "  tests/a.ambr::test_a")
    #expect(lines[3] == "    pending · text · replayed and checked")
    #expect(lines[4].hasPrefix("    31 of 1,200 cells differ · 2 rows added · max rel inf at row 3"))
    #expect(!text.contains("\u{1B}"))
    #expect(lines.last?.hasPrefix("3 decided") == true)
  }
}
