import TestSupport
import Testing
import TriageModel
import TriageServices
import Workspace

/// Files whose meaning the configuration declares.
@Suite struct DeclaredItemsTests {
  private let runs: RunFolder
  private let repository: TemporaryFolder

  init() throws {
    runs = try RunFolder()
    repository = try TemporaryFolder()
    try runs.junit("junit.xml", "one")
  }

  private func load(_ configuration: String) throws -> Run {
    var request = runs.request()
    request.repositoryRoot = repository.path
    request.items = try Configuration(text: configuration).items
    return try #require(try RunLoader.load(request).runs.first)
  }

  private func lines(_ run: Run) -> [String] {
    run.table.reviewItems.map { item in
      let message = run.table.attempts(of: item)[0].failures.first?.message ?? ""
      return "\(run.table.outcome(of: item).letter) \(run.table.id(of: item))" + (message.isEmpty ? "" : ": " + message)
    }.sorted()
  }

  @Test func metricsOfATreeAndATable() throws {
    try runs.folder.write(
      "out/eval.json",
      #"{"auc": 0.93, "by": [{"country": "BR", "recall": 0.8}, {"country": "DE", "recall": 0.9}], "name": "x", "nan": NaN}"#
    )
    try runs.folder.write("out/slices.csv", "country,fold,recall\nBR,1,0.7\nDE,1,\n")
    let run = try load(
      """
      metrics:
        files: [eval.json, out/*.csv]
        rules:
          - {metric: by.recall, where: {country: BR}, min: 0.85}
          - {metric: auc, max: 1}
          - {metric: f1, min: 0.5}
      """)
    #expect(
      lines(run) == [
        ". metric:out/eval.json::auc", ". metric:out/eval.json::by.recall[country=DE]",
        ". metric:out/slices.csv::fold[country=BR]", ". metric:out/slices.csv::fold[country=DE]",
        ". metric:out/slices.csv::recall[country=BR]", "E metric:rules::f1: no metric of the run is f1",
        "F metric:out/eval.json::by.recall[country=BR]: by.recall[country=BR] is 0.8, at least 0.85 is asked",
        "F metric:out/eval.json::nan: nan is no number",
      ])
    #expect(run.table.counts.total == 1 && run.info.completeness.isComplete)
  }

  @Test func aFileThatDoesNotReadMakesTheRunIncomplete() throws {
    try runs.folder.write("eval.json", #"{"auc": 0.9"#)
    let run = try load("metrics: {files: [eval.json], rules: [{metric: auc, min: 0.95}]}")
    #expect(!run.info.completeness.isComplete)
    #expect(run.info.partial.map(\.path) == ["eval.json"])
  }

  @Test func telemetryThatIsMissingUnexpectedOrChanged() throws {
    try repository.write(
      "telemetry.json",
      #"{"metrics": [{"name": "requests", "type": "counter", "labels": {"model": "v1", "route": "*"}}, {"name": "gone"}, {"name": "fine"}]}"#
    )
    try runs.folder.write(
      "emitted.json",
      #"[{"name": "requests", "type": "counter", "labels": {"model": "v2", "route": "/x", "pod": "7"}, "value": 3}, {"name": "fine", "value": 1}, {"name": "other"}]"#
    )
    let run = try load("telemetry: [{expected: telemetry.json, emitted: emitted.json}]")
    #expect(
      lines(run) == [
        ". telemetry:telemetry.json::fine", "F telemetry:telemetry.json::gone: it is expected, and was not emitted",
        "F telemetry:telemetry.json::other: it is emitted, and nobody expects it",
        "F telemetry:telemetry.json::requests: labels.model is v2, expected v1; labels.pod is not expected",
      ])
  }

  @Test func aMockIsComparedByItsShape() throws {
    try repository.write("mocks/user.json", #"{"id": 1, "name": "Ann", "tags": ["a"], "zip": null, "old": true}"#)
    try runs.folder.write("real/user.json", #"{"id": "1", "name": "Bob", "tags": ["b", "c"], "zip": "9", "mail": "x"}"#)
    let run = try load("mocks: [{mock: mocks/user.json, real: real/*.json}]")
    let item = try #require(run.table.reviewItems.first)
    #expect(
      run.table.attempts(of: item)[0].failures[0].details
        == "id is a text, recorded as a number\nmail is not recorded\nold is gone")
  }

  @Test func aPairThatIsNotThereIsSaid() throws {
    try runs.folder.write("real/user.json", "{}")
    let run = try load("mocks: [{mock: mocks/user.json, real: real/*.json}]")
    #expect(run.info.partial.map(\.path) == ["mocks/user.json"])
    #expect(!run.info.completeness.isComplete)
  }

  @Test(arguments: [
    ("metrics: {rules: [{min: 1}]}", "a metric"), ("metrics: {rules: [{metric: a}]}", "min, max"),
    ("metrics: {rules: [{metric: a, min: x}]}", "a number"), ("metrics: {rules: [{metric: a, fall: -1}]}", "0 or more"),
    ("metrics: {file: a}", "files or rules"), ("telemetry: [{expected: a}]", "expected and emitted"),
    ("mocks: [{mock: ../a, real: b}]", "out of the repository"), ("mocks: {mock: a}", "a list"),
  ])
  func whatCannotBeMeantIsAnError(_ text: String, _ words: String) {
    #expect {
      try Configuration(text: text)
    } throws: { "\($0)".contains(words) }
  }
}
