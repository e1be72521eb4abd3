/// The registry of report formats, sorted by id. To add one: its file in `Formats/`, its test, its fixtures, a line here.
package enum ReportFormats {
  /// All that is read: reports of tests, and those of other items.
  package static let all: [any ReportFormat.Type] = tests + ReviewSources.all

  /// The formats of test results.
  package static let tests: [any ReportFormat.Type] = [
    Allure.self, Allure1.self, BazelEvents.self, BoostXML.self, CTestXML.self, CTRF.self, CucumberJSON.self,
    CucumberMessages.self, DartJSON.self, GoTestJSON.self, JestJSON.self, JUnitXML.self, KUTTLJSON.self,
    LibtestJSON.self, MochaJSON.self, Mochawesome.self, NUnit2.self, NUnit3.self, OpenTestReporting.self,
    PlaywrightJSON.self, PytestJSONReport.self, PytestReportLog.self, RobotXML.self, RobotJSON.self, RSpecJSON.self,
    SwiftTestingEvents.self, TAP.self, TestNGXML.self, TRX.self, XUnitNet.self,
  ]

  /// The format of a file, from its name and beginning; nil when no format knows it.
  package static func format(of head: ReportHead) -> (any ReportFormat.Type)? {
    all.first { $0.recognises(head) }
  }
}
