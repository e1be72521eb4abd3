/// Reports of tests.
extension InputCache {
  /// A JUnit report of so many tests, of which 2 % fail for one of a hundred reasons: 168 bytes a test.
  ///
  /// - Parameter run: Another run of the same tests: other times, other failures.
  func junit(_ tests: Int, run: Int = 0) throws -> String {
    try file("junit-\(tests)-\(run)/report.xml") { file in
      var random = Seeded(UInt64(tests &* 1000 &+ run))
      file.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>")
      let (hour, day, month) = (run % 4 * 6, 1 + run / 4 % 28, 1 + run / 112 % 12)
      let date =
        "2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00:00"
      file.append("<testsuite name=\"pytest\" tests=\"\(tests)\" timestamp=\"\(date)\" hostname=\"ci\">\n")
      for test in 0..<tests {
        file.append("<testcase classname=\"\(TestNames.group(test))\" name=\"\(TestNames.name(test))\"")
        file.append(" time=\"\(random.next(10)).\(100 + random.next(900))\"")
        if random.next(50) == 0 {
          file.append(">" + FailureTexts.junit(random.next(100), &random) + "</testcase>\n")
        } else {
          file.append("/>\n")
        }
      }
      file.append("</testsuite></testsuites>\n")
    }
  }

  /// The names of as many tests, one a line.
  func names(_ tests: Int) throws -> String {
    try file("names-\(tests).txt") { file in
      for test in 0..<tests { file.append("\(TestNames.group(test))::\(TestNames.name(test))\n") }
    }
  }

  /// What the history keeps of such a run at the least, as a database takes it in.
  func results(_ tests: Int) throws -> String {
    try file("results-\(tests).csv") { file in
      var random = Seeded(7)
      for test in 0..<tests {
        let isFailing = random.next(50) == 0
        file.append("1,\(TestNames.group(test))::\(TestNames.name(test)),\(isFailing ? "failed" : "passed"),")
        file.append("\(random.next(9000)),\(isFailing ? "a3f\(random.next(100))" : "")\n")
      }
    }
  }
}

/// Names of tests as projects give them.
enum TestNames {
  private static let subjects = ["loader", "scores", "calibration", "features", "drift", "export", "tokens", "schema"]
  private static let deeds = ["keeps_order", "rejects_empty_input", "is_stable_under_reload", "matches_reference"]

  static func group(_ test: Int) -> String {
    let module = test / 40
    return
      "tests.unit.\(subjects[module % subjects.count]).test_\(subjects[module / 8 % subjects.count])_module_\(module)"
  }

  static func name(_ test: Int) -> String {
    "test_\(subjects[test % 7])_\(deeds[test % deeds.count])_when_batch_is_split[case-\(test % 40)-seed\(test % 977)]"
  }
}

/// What tests say when they fail: a reason in words of its own, with numbers, times and addresses that differ each time.
enum FailureTexts {
  static func message(_ reason: Int, _ random: inout Seeded) -> String {
    "AssertionError: \(word(reason)) differs by 0.\(random.next(1_000_000)) at 0x7f\(random.next(1_000_000_000))"
  }

  static func stack(_ reason: Int, lines: Int, _ random: inout Seeded) -> String {
    (0..<lines).map { line in
      "  File \"/builds/ci/\(random.next(100_000))/src/\(word(reason + line))/core.py\", line \(10 + reason + line), in "
        + "step_\(word(reason * 3 + line))\n    value = compute(batch_\(reason), at=\(random.next(1_000_000)))\n"
    }.joined()
  }

  static func junit(_ reason: Int, _ random: inout Seeded) -> String {
    let message = message(reason, &random)
    return "<failure message=\"\(message)\">Traceback (most recent call last):\n"
      + stack(reason, lines: 4, &random).replacing("\"", with: "&quot;") + message + "</failure>"
  }

  private static func word(_ number: Int) -> String {
    let syllables = ["ra", "ko", "mi", "tel", "su", "van", "po", "lek", "dor", "ni"]
    return [number % 10, number / 10 % 10, number * 7 % 10, number * 3 % 10].map { syllables[$0] }.joined()
  }
}

extension InputCache {
  /// A JUnit report of tests that all failed, 1.6 kB each, for one of a thousand reasons.
  func failures(_ tests: Int) throws -> String {
    try file("failures-\(tests)/report.xml") { file in
      var random = Seeded(23)
      file.append("<testsuite name=\"pytest\" tests=\"\(tests)\" failures=\"\(tests)\">\n")
      for test in 0..<tests {
        let reason = random.next(1000)
        let message = FailureTexts.message(reason, &random)
        file.append("<testcase classname=\"\(TestNames.group(test))\" name=\"\(TestNames.name(test))\">")
        file.append("<failure message=\"\(message)\">Traceback (most recent call last):\n")
        file.append(FailureTexts.stack(reason, lines: 11, &random).replacing("\"", with: "&quot;"))
        file.append(message + "</failure></testcase>\n")
      }
      file.append("</testsuite>\n")
    }
  }
}
