import ItemQueries
import Testing
import TriageModel

@Suite struct ArrangementTests {
  private func run() -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    let tests: [(String, String, Outcome, Float, String)] = [
      ("tests/b.py", "z", .passed, 3, ""), ("tests/a.py", "m", .failed, 1, "boom 1\nmore"),
      ("tests/b.py", "a", .errored, 2, "boom 1\nother"), ("tests/a.py", "k", .passedOnRetry, .nan, ""),
      ("", "lonely", .skipped, 0, ""),
    ]
    for (suite, name, outcome, duration, message) in tests {
      var record = AttemptRecord(suite: builder.suite(suite), name: builder.text(name), outcome: outcome)
      record.duration = duration
      if !message.isEmpty {
        var failure = FailureRecord()
        failure.message = builder.text(message)
        record.failures = [failure]
      }
      builder.add(record)
    }
    builder.endReport()
    return Run(info: RunInfo(identity: RunIdentity(source: "", id: "1")), table: builder.table)
  }

  private func arrange(_ grouping: Grouping, _ order: Order) -> Arrangement {
    let run = run()
    return Arrangement(
      of: (0..<run.table.count).map { TestIndex($0) }, in: run, by: grouping, sortedBy: order,
      facts: TestFacts(owner: { $0.value % 2 == 0 ? "@ml" : nil }))
  }

  @Test func everyTestIsInExactlyOneGroupAndCounted() {
    for grouping in Grouping.allCases {
      for order in Order.allCases {
        let arrangement = arrange(grouping, order)
        #expect(arrangement.tests.sorted() == (0..<5).map { TestIndex($0) })
        #expect(arrangement.groups.flatMap(\.range) == Array(0..<5))
        #expect(arrangement.groups.reduce(0) { $0 + $1.counts.total } == 5)
        #expect(Set(arrangement.groups.map(\.title)).count == arrangement.groups.count)
      }
    }
  }

  @Test func theWorstComesFirst() {
    let arrangement = arrange(.none, .outcome)
    #expect(arrangement.tests.map(\.value) == [2, 1, 3, 4, 0])
    #expect(arrange(.suite, .outcome).groups.map(\.title) == ["tests/b.py", "tests/a.py", "(no suite)"])
  }

  @Test func causesStandWorstVerdictFirstThenMostFailures() {
    let run = run()
    var facts = TestFacts()
    facts.cause = { $0.value == 1 || $0.value == 2 ? .init(key: "boom", title: "boom <n>") : nil }
    facts.verdict = { $0.value == 1 ? .broken : $0.value == 3 ? .flaky : nil }
    let all = (0..<5).map { TestIndex($0) }
    func groups() -> [Arrangement.Group] {
      Arrangement(of: all, in: run, by: .cause, sortedBy: .outcome, facts: facts).groups
    }
    #expect(groups().map(\.title) == ["boom <n>", "(no failure)"])
    #expect(groups().map(\.verdict) == [.broken, .flaky])
    #expect(groups()[0].key == "boom")
    // A new failure comes before older ones, however many those are.
    facts.cause = { test in test.value == 4 ? nil : .init(key: "\(test.value)", title: "same title") }
    facts.verdict = { $0.value == 2 ? .new : $0.value == 1 ? .broken : nil }
    #expect(groups().map(\.key) == ["2", "1", "3", " (no failure)", "0"])
  }

  @Test func sortsByNameAndByDurationWithTheUnknownLast() {
    #expect(arrange(.none, .name).tests.map(\.value) == [2, 3, 4, 1, 0])
    #expect(arrange(.none, .duration).tests.map(\.value) == [0, 2, 1, 4, 3])
  }

  @Test func groupsByTheFirstLineOfTheMessage() {
    let titles = arrange(.message, .report).groups.map(\.title)
    #expect(titles == ["(no message)", "boom 1"])
    #expect(arrange(.owner, .report).groups.map(\.title) == ["@ml", "(no owner)"])
  }
}
