import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What a user of pytest-benchmark would miss.
@Suite struct PytestBenchmarkTests {
  private func read(_ stats: String, _ more: String = "") -> ReadReport {
    let text = """
      {"benchmarks": [{"name": "t[a::b]", "fullname": "tests/s.py::T::t[a::b]", "stats": \(stats)\(more)}],
       "machine_info": {"node": "ci-3", "system": "Linux", "machine": "x86_64", "cpu": {"brand_raw": "EPYC"}}}
      """
    return ReadReport.read(Array(text.utf8), as: PytestBenchmark.self)
  }

  private func facts(_ read: ReadReport) -> [String: String] {
    let properties = read.table.attempts(of: TestIndex(0)).first?.properties ?? []
    return Dictionary(properties.map { ($0.name, $0.value) }) { first, _ in first }
  }

  @Test func measuresTheMedianOfTheRounds() {
    let data = (1...100).map { "\($0)" }.joined(separator: ", ")
    let read = read("{\"median\": 50.5, \"min\": 1, \"max\": 100, \"rounds\": 100, \"data\": [\(data)]}")
    #expect(read.lines == ["benchmark:tests/s.py::T::t[a::b] passed"])
    #expect(read.table.measure(of: TestIndex(0)) == ReviewItem.Measure(50.5, unit: "s", better: .lower))
    let facts = facts(read)
    #expect(facts["p95"] == "95.05 s")
    #expect(facts["rounds"] == "100")
    #expect(facts["machine"] == "ci-3")
    #expect(facts["cpu"] == "EPYC")
    let strip = facts["distribution"]?.split(separator: " ").compactMap { Double($0) } ?? []
    #expect(strip.count == 60)
    #expect(strip.first == 1 && strip.last == 100 && strip == strip.sorted())
  }

  @Test func drawsTheQuartilesWhereTheRoundsAreNotKept() {
    let read = read(#"{"min": 1, "q1": 2, "median": 3, "q3": 4, "max": 9, "rounds": 50}"#)
    #expect(facts(read)["distribution"] == "1 2 3 4 9")
    #expect(facts(read)["p95"] == nil)
  }

  @Test func saysThatNothingWasMeasured() {
    for stats in [
      "{}", "null", "7", #"{"rounds": 0, "median": 0, "data": []}"#, #"{"median": "1"}"#, #"{"median": NaN}"#,
    ] {
      #expect(read(stats).lines.first?.hasSuffix(" errored") == true, "\(stats)")
    }
    let read = read(#"{"median": 2, "data": [1, NaN, 1e999, "x", null, 3]}"#)
    #expect(read.table.attempts(of: TestIndex(0)).first?.failures.first?.message == "4 of 6 rounds have no number")
  }
}
