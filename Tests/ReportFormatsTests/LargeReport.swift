/// A report of many tests that passed, each format's own way.
struct LargeReport {
  var start = ""
  let test: @Sendable (Int) -> String
  var separator = ","
  /// What stands behind the tests, of which there are so many.
  var end: @Sendable (Int) -> String = { _ in "" }

  /// The report with so many tests.
  func text(_ count: Int) -> String {
    start + (0..<count).map(test).joined(separator: separator) + end(count)
  }

  private static func xml(
    _ start: String, _ end: String, _ test: @escaping @Sendable (Int) -> String
  ) -> LargeReport {
    LargeReport(start: start, test: test, separator: "\n", end: { _ in end })
  }

  private static func json(
    _ start: String, _ end: String, _ test: @escaping @Sendable (Int) -> String
  ) -> LargeReport {
    LargeReport(start: start, test: test, end: { _ in end })
  }

  private static func lines(
    _ start: String, _ end: String, _ test: @escaping @Sendable (Int) -> String
  ) -> LargeReport {
    LargeReport(start: start.isEmpty ? "" : start + "\n", test: test, separator: "\n", end: { _ in "\n" + end + "\n" })
  }

  /// By the formats' ids.
  static let of: [String: LargeReport] = [
    "assay-contracts": json("{\"assay_contracts\":1,\"contracts\":[", "]}") {
      "{\"name\":\"c\($0)\",\"kind\":\"onnx\",\"outcome\":\"passed\"}"
    },
    "allure": LargeReport(
      test: { "{\"uuid\":\"\($0)\",\"name\":\"t\($0)\",\"status\":\"passed\",\"start\":1}" }, separator: ",",
      end: { _ in "]" }
    ).inArray,
    "allure1": xml("<test-suite><name>s</name><test-cases>", "</test-cases></test-suite>") {
      "<test-case status=\"passed\"><name>t\($0)</name></test-case>"
    },
    "bandit": json("{\"errors\":[],\"results\":[", "],\"metrics\":{\"_totals\":{}}}") {
      "{\"filename\":\"a.py\",\"test_id\":\"B1\",\"issue_text\":\"t\($0)\"}"
    },
    "bazel-bep": lines(
      #"{"id":{"started":{}},"children":[],"started":{}}"#,
      #"{"id":{"buildFinished":{}},"finished":{"exitCode":{"code":0}}}"#
    ) {
      "{\"id\":{\"testResult\":{\"label\":\"//t:\($0)\"}},\"testResult\":{\"status\":\"PASSED\"}}"
    },
    "boost": xml("<TestLog><TestSuite name=\"s\">", "</TestSuite></TestLog>") { "<TestCase name=\"t\($0)\"/>" },
    "cargo-criterion": lines("", #"{"reason":"group-complete","group_name":"g","benchmarks":[]}"#) {
      "{\"reason\":\"benchmark-complete\",\"id\":\"t\($0)\",\"iteration_count\":[1],\"measured_values\":[1],\"unit\":\"ns\"}"
    },
    // The item of all files is one of them, in every report of coverage.
    "cobertura": xml(
      "<coverage line-rate=\"1\"><packages><package><classes>", "</classes></package></packages></coverage>"
    ) {
      $0 == 0 ? "" : "<class filename=\"f\($0)\"><lines><line number=\"1\" hits=\"1\"/></lines></class>"
    },
    "cosmic-ray": LargeReport(
      test: {
        "[{\"job_id\":\"\($0)\",\"mutations\":[{\"occurrence\":\($0)}]},{\"worker_outcome\":\"normal\",\"test_outcome\":\"killed\"}]"
      }, separator: "\n", end: { _ in "\n" }),
    "ctest": xml("<Site><Testing>", "</Testing></Site>") { "<Test Status=\"passed\"><Name>t\($0)</Name></Test>" },
    "criterion": json("[", "]") {
      "{\"mean\":{},\"median\":{\"point_estimate\":\($0)},\"median_abs_dev\":{},\"std_dev\":{}}"
    },
    "ctrf": json("{\"results\":{\"tool\":{},\"summary\":{},\"tests\":[", "]}}") {
      "{\"name\":\"t\($0)\",\"status\":\"passed\"}"
    },
    "coverage-py": LargeReport(
      start: "{\"meta\":{\"format\":3,\"branch_coverage\":false},\"files\":{",
      test: { $0 == 0 ? "" : "\"f\($0)\":{\"executed_lines\":[1],\"missing_lines\":[2]}" + ($0 < 3999 ? "," : "") },
      separator: "\n", end: { _ in "}}" }),
    "cucumber": json("[{\"uri\":\"a\",\"keyword\":\"Feature\",\"name\":\"f\",\"elements\":[", "]}]") {
      "{\"name\":\"t\($0)\",\"steps\":[{\"name\":\"s\",\"result\":{\"status\":\"passed\"}}]}"
    },
    "cucumber-messages": lines(#"{"meta":{"protocolVersion":"1"}}"#, #"{"testRunFinished":{"success":true}}"#) {
      """
      {"testCase":{"id":"\($0)","pickleId":"p","testSteps":[]}}
      {"testCaseStarted":{"id":"s\($0)","testCaseId":"\($0)"}}
      {"testStepFinished":{"testCaseStartedId":"s\($0)","testStepResult":{"status":"PASSED"}}}
      {"testCaseFinished":{"testCaseStartedId":"s\($0)","willBeRetried":false}}
      """
    },
    "dvc": json("{\"\":{\"data\":{\"metrics.json\":{\"data\":{", "}}}}}") { "\"m\($0)\":\($0)" },
    "dart": lines(#"{"protocolVersion":"1","runnerVersion":"1","type":"start"}"#, #"{"success":true,"type":"done"}"#) {
      """
      {"test":{"id":\($0),"name":"t\($0)","suiteID":0,"groupIDs":[1]},"type":"testStart"}
      {"testID":\($0),"result":"success","type":"testDone"}
      """
    },
    "go-test": lines("", #"{"Action":"pass","Package":"p"}"#) {
      """
      {"Action":"run","Package":"p","Test":"T\($0)"}
      {"Action":"pass","Package":"p","Test":"T\($0)"}
      """
    },
    "google-benchmark": json("{\"context\":{\"num_cpus\":2},\"benchmarks\":[", "]}") {
      "{\"name\":\"t\($0)\",\"cpu_time\":1}"
    },
    "great-expectations": json("{\"results\":[", "],\"suite_name\":\"s\",\"success\":true}") {
      "{\"success\":true,\"expectation_config\":{\"type\":\"t\($0)\",\"kwargs\":{}}}"
    },
    "hyperfine": json("{\"results\":[", "]}") { "{\"command\":\"t\($0)\",\"times\":[1]}" },
    "jacoco": xml("<report><package name=\"p\">", "</package></report>") {
      $0 == 0 ? "" : "<sourcefile name=\"f\($0)\"><line nr=\"1\" mi=\"0\" ci=\"1\"/></sourcefile>"
    },
    "mutmut-results": lines("", "") { "    a.b.x_f__mutmut_\($0): killed" },
    "jest-json": json("{\"testResults\":[{\"name\":\"a\",\"status\":\"passed\",\"assertionResults\":[", "]}]}") {
      "{\"title\":\"t\($0)\",\"status\":\"passed\"}"
    },
    "jmh": json("[", "]") {
      "{\"benchmark\":\"t\($0)\",\"mode\":\"avgt\",\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"s/op\"}}"
    },
    "junit": xml("<testsuite>", "</testsuite>") { "<testcase name=\"t\($0)\"/>" },
    "kuttl": json("{\"testsuite\":[{\"name\":\"s\",\"testcase\":[", "]}]}") { "{\"name\":\"t\($0)\",\"time\":\"1\"}" },
    "lcov": LargeReport(
      test: { $0 == 0 ? "TN:" : "SF:f\($0)\nDA:1,1\nend_of_record" }, separator: "\n", end: { _ in "\n" }),
    "libtest": lines(#"{"type":"suite","event":"started"}"#, #"{"type":"suite","event":"ok"}"#) {
      "{\"type\":\"test\",\"event\":\"ok\",\"name\":\"t\($0)\"}"
    },
    "mocha-json": json("{\"stats\":{},\"tests\":[", "]}") { "{\"title\":\"t\($0)\",\"duration\":1,\"err\":{}}" },
    "mochawesome": json("{\"stats\":{},\"results\":[{\"tests\":[", "]}]}") {
      "{\"title\":\"t\($0)\",\"state\":\"passed\"}"
    },
    "mutmut": json("{\"exit_code_by_key\":{", "}}") { "\"m.x_f__mutmut_\($0)\":1" },
    "nunit2": xml("<test-results>", "</test-results>") { "<test-case name=\"a.t\($0)\" success=\"True\"/>" },
    "nunit3": xml("<test-run>", "</test-run>") { "<test-case name=\"t\($0)\" result=\"Passed\"/>" },
    "open-test-reporting": xml("<events xmlns=\"https://schemas.opentest4j.org\">", "</events>") {
      "<started id=\"\($0)\" name=\"t\($0)\"/><finished id=\"\($0)\"><result status=\"SUCCESSFUL\"/></finished>"
    },
    "pact": json("{\"success\":true,\"providerApplicationVersion\":\"1\",\"testResults\":[", "]}") {
      "{\"interactionId\":\"i\($0)\",\"success\":true}"
    },
    "playwright-json": json("{\"config\":{},\"suites\":[{\"specs\":[", "]}],\"stats\":{}}") {
      "{\"title\":\"t\($0)\",\"tests\":[{\"results\":[{\"status\":\"passed\"}],\"status\":\"expected\"}]}"
    },
    "pytest-benchmark": json("{\"machine_info\":{},\"benchmarks\":[", "]}") {
      "{\"name\":\"t\($0)\",\"stats\":{\"median\":1,\"rounds\":5}}"
    },
    "pytest-json-report": json("{\"created\": 1, \"exitcode\": 0, \"tests\": [", "]}") {
      "{\"nodeid\": \"a.py::t\($0)\", \"call\": {\"outcome\": \"passed\"}}"
    },
    "pytest-reportlog": lines("", #"{"$report_type":"SessionFinish","exitstatus":0}"#) {
      "{\"$report_type\":\"TestReport\",\"nodeid\":\"a.py::t\($0)\",\"when\":\"teardown\",\"outcome\":\"passed\"}"
    },
    "robot": xml("<robot><suite name=\"s\">", "</suite></robot>") {
      "<test name=\"t\($0)\"><status status=\"PASS\"/></test>"
    },
    "robot-json": json("{\"generator\":\"Rebot\",\"suite\":{\"name\":\"s\",\"tests\":[", "]}}") {
      "{\"name\":\"t\($0)\",\"status\":\"PASS\"}"
    },
    "rspec": json("{\"version\":\"3\",\"examples\":[", "]}") {
      "{\"full_description\":\"t\($0)\",\"status\":\"passed\"}"
    },
    "sarif": json("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[", "],\"tool\":{\"driver\":{\"name\":\"t\"}}}]}") {
      "{\"ruleId\":\"r\($0)\",\"message\":{\"text\":\"m\"}}"
    },
    "stryker": json("{\"schemaVersion\":\"2\",\"files\":{\"a\":{\"mutants\":[", "]}}}") {
      "{\"id\":\"\($0)\",\"mutatorName\":\"m\($0)\",\"status\":\"Killed\"}"
    },
    "swift-testing": lines("", #"{"kind":"event","payload":{"kind":"runEnded"},"version":0}"#) {
      """
      {"kind":"event","payload":{"kind":"testStarted","testID":"M.S/t\($0)()/a.swift:1:1"},"version":0}
      {"kind":"event","payload":{"kind":"testEnded","testID":"M.S/t\($0)()/a.swift:1:1"},"version":0}
      """
    },
    "tap": LargeReport(test: { "ok \($0 + 1) - t\($0)" }, separator: "\n", end: { "\n1..\($0)\n" }),
    "testng": xml("<testng-results><suite><test><class name=\"c\">", "</class></test></suite></testng-results>") {
      "<test-method name=\"t\($0)\" status=\"PASS\"/>"
    },
    "trx": xml("<TestRun><Results>", "</Results></TestRun>") {
      "<UnitTestResult testName=\"a.t\($0)\" outcome=\"Passed\"/>"
    },
    "xunit-net": xml("<assemblies><assembly><collection>", "</collection></assembly></assemblies>") {
      "<test name=\"t\($0)\" result=\"Pass\"/>"
    },
  ]

  /// The same as an array, of which each value is a document of its own.
  private var inArray: LargeReport {
    LargeReport(start: "[" + start, test: test, separator: separator, end: end)
  }
}
