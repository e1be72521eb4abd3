import ReportFormats
import TestSupport
import Testing
import TriageModel

/// A run in a store of files, as its reader finds it.
@Suite struct MLflowTests {
  private static let run = "mlruns/7/abc/"

  private static func read(_ files: [String: String], status: String = "3", name: String = "able-ant-123") throws
    -> ReadReport
  {
    var all = [
      "mlruns/7/meta.yaml": "experiment_id: '7'\nname: churn\n",
      run + "meta.yaml": "end_time: 2000\nexperiment_id: '7'\nlifecycle_stage: active\nrun_id: abc\nrun_name: \(name)\n"
        + "start_time: 1000\nstatus: \(status)\nuser_id: ci\n",
      // A neighbour's files are not this run's.
      "mlruns/7/abcd/metrics/other": "1 1 0\n", "mlruns/7/abb/metrics/other": "1 1 0\n",
    ]
    for (path, text) in files { all[run + path] = text }
    return try #require(ReadReport.file(run + "meta.yaml", of: all.mapValues { Array($0.utf8) }))
  }

  @Test func theLastStepCountsWhateverTheOrder() throws {
    let read = try Self.read(["metrics/auc": "5 0.9 2\n9 0.1 1\n4 0.5 0\n", "metrics/recall/BR": "1 0.7 0\n"])
    #expect(
      read.lines == [
        "metric:churn::(run) passed", "metric:churn::auc passed", "metric:churn::recall/BR passed",
      ])
    #expect(read.table.measure(of: TestIndex(1)) == ReviewItem.Measure(0.9))
    #expect(read.result.damages.isEmpty)
  }

  @Test func onlyANameThatAPersonGaveIsPartOfTheIdentity() throws {
    #expect(try Self.read([:], name: "nightly").lines == ["metric:churn/nightly::(run) passed"])
    #expect(try Self.read([:], name: "wise-owl-7").lines == ["metric:churn::(run) passed"])
  }

  @Test(arguments: [("4", Outcome.errored), ("5", .errored), ("FAILED", .errored), ("odd", .errored), ("1", .skipped)])
  func aRunThatDidNotFinishIsNotWell(_ status: String, _ outcome: Outcome) throws {
    #expect(try Self.read([:], status: status).table.outcome(of: TestIndex(0)) == outcome)
  }

  @Test(arguments: [
    ("1 nan 0\n", 1, 0), ("1 -inf 0\n", 1, 0), ("", 0, 1), ("hello\n1 2 3\n", 0, 1), ("1 1e999 0\n", 1, 0),
  ])
  func whatIsNoNumberIsSaid(_ text: String, _ failing: Int, _ damages: Int) throws {
    let read = try Self.read(["metrics/auc": text])
    #expect(read.table.itemCounts.failing == failing)
    #expect(read.result.damages.count == damages)
  }

  @Test func manyParametersAreCutAndCounted() throws {
    var files = ["metrics/auc": "1 1 0\n"]
    for number in 0..<100 { files["params/p\(number)"] = String(repeating: "x", count: 1000) }
    let read = try Self.read(files)
    let facts = try #require(read.table.attempts(of: TestIndex(1)).first).properties
    #expect(facts.count <= 30 && facts.contains { $0.name == "more params" && $0.value == "73" })
    #expect(facts.allSatisfy { $0.value.count < 250 })
  }
}
