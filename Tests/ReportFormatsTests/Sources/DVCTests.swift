import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What DVC tells, and what it is not asked for.
@Suite struct DVCTests {
  private static func format(_ name: String, _ text: String, folder: String = "", beside: Set<String> = []) -> String? {
    let head = ReportHead(name: name, folder: folder, bytes: Array(text.utf8)) { beside.contains($0) }
    return ReportFormats.format(of: head)?.id
  }

  private static func read(_ text: String) -> ReadReport {
    ReadReport.read(Array(text.utf8), as: DVC.self, path: "m.json")
  }

  @Test func onlyMetricsOfDVCAreTaken() {
    let text = #"{"auc": 0.9}"#
    #expect(Self.format("metrics.json", text) == nil)
    #expect(Self.format("metrics.json", text, beside: ["package.json"]) == nil)
    #expect(Self.format("metrics.json", text, beside: ["dvc.lock"]) == "dvc")
    #expect(Self.format("metrics.json", text, folder: "exp/dvclive") == "dvc")
    #expect(Self.format("other.json", text, folder: "dvclive", beside: ["dvc.yaml"]) == nil)
    #expect(Self.format("a.json", #"{"a.json": {"b": {"old": 1}}}"#) == nil)
    #expect(Self.format("a.json", #"{"a": {"b": {"old": 1, "new": 2}}}"#) == nil)
    #expect(Self.format("a.json", #"{"a.json": {"b": {"old": 1, "new": 2}}}"#) == "dvc")
  }

  @Test func aDifferenceHasBothValues() throws {
    let read = Self.read(
      #"{"m.json": {"auc": {"old": 0.9, "new": 0.8}, "gone": {"old": 1, "new": null}, "b": {"old": null, "new": 2}}}"#)
    #expect(read.lines == ["metric:m.json::auc passed", "metric:m.json::gone passed", "metric:m.json::b passed"])
    #expect(read.table.pair(of: TestIndex(0)) == ReviewItem.Pair(expected: "0.9", observed: "0.8"))
    #expect(read.table.measure(of: TestIndex(1)) == nil)
  }

  @Test func whatDVCCouldNotReadIsLost() {
    let file = Self.read(#"{"": {"data": {"m.json": {"error": {"type": "FileNotFoundError", "msg": "no m.json"}}}}}"#)
    #expect(file.result.damages.map(\.cause) == ["DVC could not read m.json: no m.json"])
    let all = Self.read(#"{"": {"error": {"type": "E", "msg": "no repository"}}}"#)
    #expect(all.result.damages.map(\.cause) == ["DVC could not read it: no repository"])
    #expect(Self.read("[1]").result.damages.count == 1)
  }

  @Test(arguments: ["NaN", "Infinity", "1e999"]) func whatIsNoNumberFails(_ number: String) {
    #expect(Self.read("{\"auc\": \(number)}").lines == ["metric:m.json::auc failed"])
  }
}
