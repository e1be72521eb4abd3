/// A test as a service tells of it.
package struct CITestResult: Sendable, Equatable {
  /// How it ended.
  package enum Outcome: Sendable, Equatable {
    case passed
    case failed
    case errored
    case skipped
  }

  /// The job or suite.
  package var suite: String
  /// The test's name.
  package var name: String
  /// How it ended.
  package var outcome: Outcome
  /// The class or module.
  package var className: String?
  /// The file.
  package var file: String?
  /// What it said, in a line.
  package var message: String?
  /// What it said, whole: mostly a stack.
  package var details: String?
  /// What it printed.
  package var output: String?
  /// How long it took.
  package var seconds: Double?

  /// A test.
  package init(suite: String, name: String, outcome: Outcome, message: String? = nil) {
    self.suite = suite
    self.name = name
    self.outcome = outcome
    self.message = message
  }
}

/// The JUnit document of results, for readers of reports.
package enum CIResultsDocument {
  /// The document's text, a suite after another in their order.
  package static func junit(_ results: [CITestResult]) -> String {
    var order: [String] = []
    var suites: [String: [CITestResult]] = [:]
    for result in results {
      if suites[result.suite] == nil { order.append(result.suite) }
      suites[result.suite, default: []].append(result)
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    for name in order {
      let tests = suites[name] ?? []
      text += "<testsuite name=\"\(escaped(name))\" tests=\"\(tests.count)\""
      text +=
        " failures=\"\(tests.count { $0.outcome == .failed })\" errors=\"\(tests.count { $0.outcome == .errored })\""
      text += " skipped=\"\(tests.count { $0.outcome == .skipped })\">\n"
      for test in tests { text += element(test) }
      text += "</testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func element(_ test: CITestResult) -> String {
    func attribute(_ name: String, _ value: String?) -> String { value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }
    let start =
      "<testcase" + attribute("classname", test.className) + attribute("name", test.name) + attribute("file", test.file)
      + attribute("time", test.seconds.map { "\($0)" })
    let message = attribute("message", test.message)
    let details = ">" + escaped(test.details ?? "")
    let inside =
      switch test.outcome {
      case .passed: ""
      case .failed: "<failure\(message)\(details)</failure>"
      case .errored: "<error\(message)\(details)</error>"
      case .skipped: "<skipped\(message)/>"
      }
    let output = test.output.map { "<system-out>\(escaped($0))</system-out>" } ?? ""
    return start + (inside + output == "" ? "/>\n" : ">\(inside)\(output)</testcase>\n")
  }

  /// A text with entities for what XML reserves, and marks for what it cannot hold.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x0A, 0x0D, 0x09: result += "&#\(scalar.value);"
      case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
