import Testing
import TriageModel
import TriageServices
import Workspace

@Suite struct OwnerLookupTests {
  private func run(_ suites: [(suite: String, file: String)]) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    for (suite, file) in suites {
      var record = AttemptRecord(suite: builder.suite(suite), name: builder.text("t"), outcome: .failed)
      record.file = builder.text(file)
      builder.add(record)
    }
    builder.endReport()
    return Run(info: RunInfo(identity: RunIdentity(source: "here", id: "1")), table: builder.table)
  }

  @Test func asksForTheFileThatATestIsDefinedIn() {
    let owners = Owners(rules: [
      OwnerRule(pattern: "tests/ml/", owners: ["@ml"]), OwnerRule(pattern: "*.go", owners: ["@go"]),
    ])
    let lookup = OwnerLookup(owners)
    let run = run([("tests/ml/test_a.py::T", ""), ("pkg", "pkg/a.go"), ("tests/ml/x", ""), ("other", "")])
    let found = (0..<4).map { lookup.owner(of: TestIndex($0), in: run) }
    #expect(found == ["@ml", "@go", "@ml", nil])
  }
}
