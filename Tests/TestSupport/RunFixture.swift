package import TriageModel

/// Builds a run by hand, for tests of what is done with runs.
package struct RunFixture {
  /// What is known of the run.
  package var info: RunInfo
  private var builder = TestTableBuilder()

  /// A run with one report, `junit.xml`, that tests are added to.
  package init(id: String = "4136", labels: [String: String] = [:]) {
    info = RunInfo(identity: RunIdentity(source: "example", id: id))
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit", labels: labels))
  }

  /// Ends the report and begins another.
  package mutating func beginReport(_ path: String, folder: String = "", labels: [String: String]) {
    builder.endReport()
    builder.beginReport(ReportInfo(path: path, folder: folder, format: "junit", labels: labels))
  }

  /// Adds an attempt at a test; a message makes it a failure with that message, or the reason of a skip.
  package mutating func add(
    _ name: String, in suite: String = "tests/test_a.py", _ outcome: Outcome = .passed, message: String = "",
    type: String = "AssertionError", details: String = "", file: String = "", line: UInt32 = 0,
    duration: Float = 0.5, kind: ItemKind = .test, output: String = "", properties: [(String, String)] = [],
    place: (file: String, line: UInt32) = ("", 0)
  ) {
    var record = AttemptRecord(suite: builder.suite(suite), name: builder.text(name), outcome: outcome)
    record.kind = kind
    record.duration = duration
    record.file = builder.text(file)
    record.line = line
    record.standardOutput = builder.text(output)
    record.properties = properties.map { (name: builder.text($0.0), value: builder.text($0.1)) }
    if outcome.isFailing {
      var failure = FailureRecord()
      failure.type = builder.text(type)
      failure.message = builder.text(message)
      failure.details = builder.text(details)
      failure.file = builder.text(place.file)
      failure.line = place.line
      record.failures = [failure]
    } else {
      record.note = builder.text(message)
    }
    builder.add(record)
  }

  /// The run with what was added.
  package func run() -> Run {
    var builder = builder
    builder.endReport()
    return Run(info: info, table: builder.table)
  }
}
