import RunHistory
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// Legs of one run are the same in the history however they came into it.
@Suite struct LegOrderTests {
  private static let legs = ["py3.11", "py3.12", "py3.13", "docs"]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (number, leg) in Self.legs.enumerated() {
      // Each fails in another test; the last one has tests of its own only.
      let names = leg == "docs" ? ["links"] : ["one", "two", "three"]
      let cases = names.enumerated().map { place, name in
        "<testcase classname='tests.test_a' name='\(name)' time='0.1'>"
          + (place == number ? "<failure type='ValueError' message='price \(leg)'>E price</failure>" : "")
          + "</testcase>"
      }
      let suite = "<testsuite name='pytest' tests='\(names.count)'>\(cases.joined())</testsuite>"
      try folder.write("runs/\(leg)/junit.xml", suite)
      let start = "2026-03-02T06:0\(number):00Z"
      try folder.write(
        "runs/\(leg)/run.json",
        #"{"id": "900", "ci": "github", "branch": "main", "commit": "84a5168", "started_at": "\#(start)", "#
          + #""labels": {"job": "\#(leg)", "team": "ml"}}"#)
    }
  }

  /// What the history has after folders were added in some groups, one after the other.
  private func history(_ groups: [[String]]) throws -> [String] {
    let home = try TemporaryFolder()
    let service = try HistoryService(
      nil, directories: Directories(environment: ["HOME": home.path]), environment: [:])
    for group in groups where !group.isEmpty {
      let paths = group.map { folder.path + "/runs/" + $0 }
      var request = LoadRequest(paths: paths, repositoryRoot: nil, cacheFolder: home.path)
      request.isOneRun = false
      for run in try RunLoader.load(request).runs { try service.add(run) }
    }
    let store = service.store
    let runs = try service.records()
    return try runs.flatMap { run in
      let results = try store.results(ofRun: run.key, isWhole: false).map { test, result in
        "\(test) [\(result.leg)] \(result.outcome.name) \(result.signature?.text ?? "")"
      }
      let labels = run.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return ["\(run.identity.id) \(labels) \(run.startedAt?.description ?? "-") \(run.counts.failing)"] + results
    }
  }

  @Test func orderAndGroupingChangeNothing() throws {
    var random = SystemRandomNumberGenerator()
    let expected = try history([Self.legs])
    #expect(expected.count == 1 + 3 * 3 + 1)
    #expect(expected.first == #"900 ["team=ml"] 2026-03-02T06:00:00Z 3"#)
    for _ in 0..<12 {
      var groups: [[String]] = [[]]
      for leg in Self.legs.shuffled(using: &random) {
        if Bool.random(using: &random) { groups.append([]) }
        groups[groups.count - 1].append(leg)
      }
      // What was interrupted is added again, in another grouping.
      if Bool.random(using: &random) {
        groups = Array(groups.prefix(1)) + [Self.legs.shuffled(using: &random)] + groups
      }
      #expect(try history(groups) == expected, "\(groups)")
    }
  }

  @Test func oneLegAloneIsNamedByItsRun() throws {
    let alone = try history([["py3.11"]])
    #expect(alone.first == #"900 ["job=py3.11", "python=3.11", "team=ml"] 2026-03-02T06:00:00Z 1"#)
    #expect(alone.dropFirst().first?.contains("[]") == true)
  }
}
