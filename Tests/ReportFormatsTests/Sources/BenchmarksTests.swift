import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What users of other tools for benchmarks would miss.
@Suite struct BenchmarksTests {
  private func read(_ text: String, as format: any ReportFormat.Type) -> ReadReport {
    ReadReport.read(Array(text.utf8), as: format)
  }

  private func facts(_ read: ReadReport, _ test: Int = 0) -> [String: String] {
    let properties = read.table.attempts(of: TestIndex(test)).last?.properties ?? []
    return Dictionary(properties.map { ($0.name, $0.value) }) { first, _ in first }
  }

  private func message(_ read: ReadReport, _ test: Int = 0) -> String? {
    read.table.attempts(of: TestIndex(test)).last?.failures.first?.message
  }

  // MARK: - Google Benchmark

  private func google(_ entries: String...) -> ReadReport {
    read(
      "{\"context\": {\"num_cpus\": 2, \"host_name\": \"ci-3\"}, \"benchmarks\": [\(entries.joined(separator: ","))]}",
      as: GoogleBenchmark.self)
  }

  @Test func putsRepetitionsAndAggregatesTogether() {
    func entry(_ name: String, _ time: Double, _ aggregate: String = "") -> String {
      let more = aggregate.isEmpty ? "" : #", "run_type": "aggregate", "aggregate_name": "\#(aggregate)""#
      return
        #"{"name": "\#(name)", "run_name": "BM/8", "cpu_time": \#(time), "real_time": 900, "time_unit": "us"\#(more)}"#
    }
    let read = google(
      entry("BM/8", 1), entry("BM/8", 3), entry("BM/8_mean", 2, "mean"), entry("BM/8_median", 2, "median"),
      entry("BM/8_stddev", 1, "stddev"))
    #expect(read.lines == ["benchmark::BM/8 passed"])
    #expect(read.table.measure(of: TestIndex(0)) == ReviewItem.Measure(2 * 1e-6, unit: "s", better: .lower))
    #expect(facts(read)["rounds"] == "2")
    #expect(facts(read)["stddev"] == "1 µs")
    #expect(facts(read)["real time"] == "900 µs")
    #expect(facts(read)["machine"] == "ci-3")
  }

  @Test func goesByTheTimeThatItsNameSays() {
    let times = #""real_time": 5, "cpu_time": 2, "time_unit": "s""#
    let read = google(#"{"name": "a", \#(times)}"#, #"{"name": "b/real_time", \#(times)}"#)
    #expect(read.tests.map { read.table.measure(of: $0)?.value } == [2, 5])
  }

  @Test func saysWhatWentWrongInABenchmark() {
    let read = google(
      #"{"name": "a", "error_occurred": true, "error_message": "no data"}"#,
      #"{"name": "b", "skipped": true, "skip_message": "not here"}"#, #"{"name": "c"}"#)
    #expect(read.lines == ["benchmark::a errored", "benchmark::b skipped", "benchmark::c errored"])
    #expect(message(read) == "no data")
  }

  // MARK: - hyperfine

  @Test func callsACommandThatFailedNotMeasured() {
    let read = read(
      #"{"results": [{"command": "a", "times": [1, 2], "exit_codes": [0, 3]}, {"command": "b", "times": [1], "exit_codes": [null]}]}"#,
      as: Hyperfine.self)
    #expect(read.lines == ["benchmark::a errored", "benchmark::b errored"])
    #expect(message(read) == "1 of 2 rounds ended with exit code 3")
    #expect(message(read, 1) == "1 of 1 round ended by a signal")
  }

  // MARK: - criterion

  private static let estimates = """
    {"mean": {"point_estimate": 20.0}, "median": {"point_estimate": 30.0}, "median_abs_dev": {"point_estimate": 1},
     "slope": null, "std_dev": {"point_estimate": 2}}
    """

  private func criterion(_ path: String, _ more: [String: String]) -> ReadReport? {
    var files = more
    files[path] = Self.estimates
    return ReadReport.file(path, of: files.mapValues { Array($0.utf8) })
  }

  @Test func takesNameAndRoundsFromTheFilesBeside() throws {
    let folder = "target/criterion/fib/recursive/20/new/"
    let sample = [
      folder + "benchmark.json": #"{"group_id": "fib", "function_id": "recursive", "value_str": "20"}"#,
      folder + "sample.json": #"{"sampling_mode": "Linear", "iters": [1, 2], "times": [40.0, 40.0]}"#,
    ]
    let read = try #require(criterion(folder + "estimates.json", sample))
    #expect(read.lines == ["benchmark:fib::recursive/20 passed"])
    #expect(facts(read)["distribution"] == "2e-8 4e-8")
    #expect(read.table.measure(of: TestIndex(0))?.value == 30 * 1e-9)
    let csv = [
      folder + "raw.csv":
        "group,function,value,throughput_num,throughput_type,sample_measured_value,unit,iteration_count\nfib,\"a,b\",,,,3,us,3\n"
    ]
    let older = try #require(criterion(folder + "estimates.json", csv))
    #expect(older.lines == ["benchmark::fib/recursive/20 passed"])
    #expect(facts(older)["max"] == "1 µs")
  }

  @Test func passesOverTheCopiesOfOtherRuns() {
    let new = ["target/criterion/fib/new/estimates.json": Self.estimates]
    #expect(criterion("target/criterion/fib/base/estimates.json", new)?.table.count == 0)
    #expect(criterion("target/criterion/fib/main/estimates.json", new)?.result.damages.isEmpty == true)
    #expect(criterion("target/criterion/fib/base/estimates.json", [:])?.lines == ["benchmark::fib passed"])
  }

  @Test func saysWhichBenchmarkOfAGroupToldNothing() {
    let read = read(
      """
      {"reason":"benchmark-complete","id":"a","iteration_count":[2],"measured_values":[4],"unit":"cycles","typical":{}}
      {"reason":"group-complete","group_name":"g","benchmarks":["a","b"]}

      """, as: CargoCriterion.self)
    #expect(read.lines == ["benchmark::a passed"])
    #expect(read.table.measure(of: TestIndex(0)) == ReviewItem.Measure(2, unit: "cycles", better: .lower))
    #expect(read.result.damages.map(\.cause) == ["1 benchmark of its groups told nothing: b"])
  }

  // MARK: - JMH

  @Test func knowsThatARateIsBetterWhenHigher() {
    func entry(_ mode: String, _ unit: String) -> String {
      #"{"benchmark": "a.B.c", "mode": "\#(mode)", "params": {"n": "1"}, "primaryMetric": {"scoreUnit": "\#(unit)", "rawData": [[1, 2], [3]]}}"#
    }
    let read = read("[\(entry("avgt", "ms/op")), \(entry("thrpt", "ops/s"))]", as: JMH.self)
    #expect(read.lines == ["benchmark:a.B::c(n=1) [avgt] passed", "benchmark:a.B::c(n=1) [thrpt] passed"])
    #expect(read.table.measure(of: TestIndex(0)) == ReviewItem.Measure(2 * 1e-3, unit: "s", better: .lower))
    #expect(read.table.measure(of: TestIndex(1)) == ReviewItem.Measure(2, unit: "ops/s", better: .higher))
    #expect(facts(read)["rounds"] == "3")
  }

  // MARK: - All

  @Test(arguments: [
    (
      GoogleBenchmark.id,
      #"{"context": null, "benchmarks": [null, 7, {"name": null, "cpu_time": 1e999}, {"real_time": "x"}]}"#
    ),
    (Hyperfine.id, #"{"results": [null, 7, {"times": [1e999, -1e999], "exit_codes": "x"}]}"#),
    (Criterion.id, #"{"mean": 7, "median": {"point_estimate": 1e999}, "std_dev": null}"#),
    (JMH.id, #"[null, 7, {"primaryMetric": {"rawData": [[1e999], 7, null], "scoreUnit": null}}]"#),
  ])
  func callsWhatMeasuredNothingAnError(_ id: String, _ text: String) throws {
    let format = try #require(ReportFormats.all.first { $0.id == id })
    let read = read(text, as: format)
    #expect(read.table.count > 0)
    #expect(read.lines.allSatisfy { $0.hasSuffix(" errored") }, "\(read.lines)")
  }
}
