/// What one attempt at a test said, made from the table when a person looks at it.
package struct Attempt: Sendable, Equatable {
  /// How it ended.
  package var outcome: Outcome
  /// Seconds; nil when the report does not say.
  package var duration: Double?
  /// What went wrong, in the order it did.
  package var failures: [Failure] = []
  /// Why it was skipped, or what was expected to fail.
  package var note = ""
  /// What it printed to standard output, as bytes in the table's text.
  package var standardOutput = TextRef.empty
  /// What it printed to standard error, as bytes in the table's text.
  package var standardError = TextRef.empty
  /// What the report keeps with it.
  package var properties: [Property] = []

  /// A name and a value that a report keeps with a test.
  package struct Property: Sendable, Equatable {
    /// The name.
    package let name: String
    /// The value.
    package let value: String
  }
}

/// What one failure said, as text.
package struct Failure: Sendable, Equatable {
  /// The exception's type or the dialect's word for it; empty when unknown.
  package var type: String
  /// The short text.
  package var message: String
  /// The long text: stack, diff, the tool's own account.
  package var details: String
  /// Where it happened.
  package var location: SourceLocation?
}

extension TestTable {
  /// The attempts at a test, oldest first.
  package func attempts(of test: TestIndex) -> [Attempt] {
    var result: [Attempt] = []
    forEachAttempt(of: test) { row in
      // Through text, so that 0.1 stays 0.1 although it is kept in four bytes.
      let duration = row.duration.isNaN ? nil : Double(row.duration.description)
      var attempt = Attempt(outcome: row.outcome, duration: duration)
      attempt.failures = failures(from: row.failure)
      if row.extra != Self.none {
        let extra = extras[Int(row.extra)]
        attempt.note = text.string(extra.note)
        attempt.standardOutput = extra.standardOutput
        attempt.standardError = extra.standardError
        attempt.properties = extra.properties.map {
          Attempt.Property(name: text.string($0.name), value: text.string($0.value))
        }
      }
      result.append(attempt)
    }
    return result
  }

  /// Where a test is defined, if a report says so; else the file that a pytest suite names.
  package func definition(of test: TestIndex) -> SourceLocation? {
    let row = tests[Int(test.value)]
    var file = text.string(fileRef(of: test))
    if file.isEmpty { file = pytestFile(of: SuiteID(index: row.suite)) ?? "" }
    if file.isEmpty { return nil }
    return SourceLocation(file: file, line: row.line == 0 ? nil : Int(row.line))
  }

  /// The file part of a suite that is a pytest node id (`tests/unit/test_a.py::TestX`); nil for other suites.
  package func pytestFile(of suite: SuiteID) -> String? {
    text.withBytes(of: suiteRef(suite)) { bytes in
      var end = 0
      while end < bytes.count, !(bytes[end] == 0x3A && end + 1 < bytes.count && bytes[end + 1] == 0x3A) { end += 1 }
      let file = bytes[..<end]
      return file.suffix(3).elementsEqual(".py".utf8) ? String(decoding: file, as: UTF8.self) : nil
    }
  }

  /// The paths of files that an attempt's output names.
  package func attachments(of attempt: Attempt) -> [String] {
    [attempt.standardOutput, attempt.standardError].flatMap { text.withBytes(of: $0, AttachmentMark.paths) }
  }

  private func failures(from first: UInt32) -> [Failure] {
    var result: [Failure] = []
    var index = first
    while index != Self.none {
      let row = failures[Int(index)]
      let file = text.string(row.record.file)
      result.append(
        Failure(
          type: text.string(row.record.type), message: text.string(row.record.message),
          details: text.string(row.record.details),
          location: file.isEmpty
            ? nil : SourceLocation(file: file, line: row.record.line == 0 ? nil : Int(row.record.line))))
      index = row.next
    }
    return result
  }
}
