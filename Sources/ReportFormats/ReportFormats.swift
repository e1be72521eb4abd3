/// The registry of report formats, sorted by id. To add one: its file in `Formats/`, its test, its fixtures, a line here.
package enum ReportFormats {
  /// All formats.
  package static let all: [any ReportFormat.Type] = [JUnitXML.self, PytestJSONReport.self, PytestReportLog.self]

  /// The format of a file, from its name and beginning; nil when no format knows it.
  package static func format(of head: ReportHead) -> (any ReportFormat.Type)? {
    all.first { $0.recognises(head) }
  }
}
