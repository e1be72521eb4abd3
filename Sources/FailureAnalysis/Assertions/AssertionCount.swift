/// A test function of a source, and how many assertions stand in its body.
package struct TestFunction: Sendable, Equatable {
  /// Its name.
  package var name: String
  /// The line it begins on, from 1.
  package var line: Int
  /// Assertions in it, wherever they stand: in a loop one counts once.
  package var assertions: Int
}

/// Counts the assertions of test functions by their sources' tokens.
package enum AssertionCount {
  /// The test functions of a source, in their order.
  package static func functions(in bytes: [UInt8], _ language: CodeLanguage) -> [TestFunction] {
    switch language {
    case .python:
      var reader = PythonTests(bytes)
      return reader.functions()
    case .swift:
      var reader = SwiftTests(bytes)
      return reader.functions()
    }
  }
}

/// Words that assert something when they are called, in either language.
enum AssertingWord {
  /// Calls of Python that assert: of pytest, of approvals and of expectations on data.
  static let python: Set<String> = [
    "raises", "warns", "deprecated_call", "fail", "verify", "validate_expectation", "check_snapshot",
  ]
  /// Calls of Swift that assert.
  static let swift: Set<String> = [
    "confirmation", "expect", "expectation", "require", "XCTFail", "XCTUnwrap", "verify",
  ]

  /// Whether a call of a name asserts, by how it begins: `assertEqual`, `assert_allclose`, `expect_column_…`, `XCTAssert…`.
  static func isAssertion(_ name: String, _ language: CodeLanguage) -> Bool {
    if begins(name, "assert") { return true }
    switch language {
    case .python: return python.contains(name) || begins(name, "expect") && name != "expect" || begins(name, "verify")
    case .swift: return swift.contains(name) || name.hasPrefix("XCTAssert")
    }
  }

  /// Whether a name is a word, or goes on with another: `assertEqual`, `assert_equal`, not `assertive`.
  private static func begins(_ name: String, _ word: String) -> Bool {
    guard name.hasPrefix(word) else { return false }
    guard let next = name.utf8.dropFirst(word.utf8.count).first else { return true }
    return next == UInt8(ascii: "_") || (0x41...0x5A).contains(next)
  }
}
